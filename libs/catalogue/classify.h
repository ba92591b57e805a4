#pragma once

#include "absl/time/civil_time.h"
#include "libs/catalogue/evaluation.h"
#include "libs/catalogue/tables.h"

namespace xiufu::catalogue {

// Which rule a penalty falls under and the row that says so. Pointers into the data.
struct Classification {
  RecordClass record_class = RecordClass::kPending;
  const ClassStandard* standard = nullptr;  // null when no row is in force
  const Rule* rule = nullptr;               // null when none is in force
};

// The class standards and rules in force on the day `on`. With several kinds the longest class
// wins; a pending one could still turn out serious, so only a serious kind settles it.
Classification Classify(const CatalogueData& data, const PenaltyFacts& facts, absl::CivilDay on);

// Empty lists of a row mean "any".
bool FitsAny(const std::vector<std::string>& wanted, absl::string_view value);

}  // namespace xiufu::catalogue
