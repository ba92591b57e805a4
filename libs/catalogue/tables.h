#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/base/region.h"
#include "libs/catalogue/messages.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

// How a penalty is classed. Rows are tried in the order of the file and the first that fits
// decides, so the special stands before the general.
struct ClassStandard {
  std::vector<std::string> kinds;        // empty: any
  std::vector<std::string> authorities;  // codes; empty: any
  std::string procedure;                 // empty: any
  // Bounds of the fine in 分, both inclusive. A row with bounds fits only where the record states a
  // fine.
  std::optional<int64_t> fine_from;
  std::optional<int64_t> fine_to;
  RecordClass record_class = RecordClass::kPending;
  std::string procedure_rule;  // pending only: the rule that governs the procedure meanwhile
  Provenance provenance;
};

// Periods of an earlier regime, for decisions that were made under it (open question: which regime
// governs?).
struct Transition {
  std::string id;
  std::vector<std::string> authorities;  // codes; empty: any
  absl::CivilDay decided_from;
  absl::CivilDay decided_to;
  calendar::Period minimum;
  calendar::Period maximum;
  std::string source;
  std::string confidence;
};

// What a law, administrative regulation or central policy excludes from repair.
struct Exclusion {
  std::vector<std::string> kinds;        // empty: any
  std::vector<std::string> authorities;  // empty: any
  Provenance provenance;
};

struct PenaltyKind {
  std::string name;
  std::string name_en;
};

// Everything deploy/catalogue says, checked: every reference resolves.
struct CatalogueData {
  std::string version;
  std::string sha256;
  std::vector<Rule> rules;
  std::vector<ClassStandard> classes;
  std::vector<Transition> transitions;
  std::vector<Exclusion> exclusions;
  std::vector<MaterialKind> materials;
  std::vector<PenaltyKind> kinds;  // in the order of the law
  std::map<std::string, std::vector<std::string>>
      aliases;             // other text or legacy digit → names of kinds
  std::string other_kind;  // classes what is unknown
  Messages reasons;
  RegionTable regions;
};

}  // namespace xiufu::catalogue
