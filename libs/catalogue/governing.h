#pragma once

#include <vector>

#include "absl/time/civil_time.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/catalogue/rule.h"
#include "libs/catalogue/tables.h"

namespace xiufu::catalogue {

// The kinds of record that are of an authority's line: those it repairs, and those of which the law
// of that day speaks for its line by name. In the order of kMatterKinds.
std::vector<MatterKind> MattersOf(const Catalogue& catalogue, const Authority& authority,
                                  absl::CivilDay on);

// A rule as the authority has confirmed it, and the kinds of record of its line that it is for. A
// pointer into the catalogue.
struct GoverningRule {
  const Rule* rule = nullptr;
  std::vector<MatterKind> matters;
};

// The rules in force on a day that can govern a record of this authority, or are worked out beside
// one that does; in the order of the catalogue. A rule that always goes behind another is none of
// them.
std::vector<GoverningRule> RulesGoverning(const Catalogue& catalogue, const Authority& authority,
                                          absl::CivilDay on);

// A class standard, and what of it no standard before it takes: kinds of penalty, or of record.
struct GoverningStandard {
  const ClassStandard* standard = nullptr;
  std::vector<std::string> kinds;  // empty: any
  std::vector<MatterKind> matters;
};

// What makes a record of this authority minor, general or serious on a day, in the order in which
// it is tried.
std::vector<GoverningStandard> StandardsGoverning(const Catalogue& catalogue,
                                                  const Authority& authority, absl::CivilDay on);

}  // namespace xiufu::catalogue
