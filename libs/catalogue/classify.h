#pragma once

#include <optional>

#include "absl/time/civil_time.h"
#include "libs/catalogue/facts.h"
#include "libs/catalogue/tables.h"

namespace xiufu::catalogue {

// The class of a record and the row that says so.
struct Classification {
  std::optional<RecordClass> record_class;  // nothing when no row is in force
  const ClassStandard* standard = nullptr;  // null exactly then; points into the data
};

// By the class standards in force on the day `on`. With several kinds in one decision the longest
// class wins; a pending one could still turn out serious, so only a serious kind settles it.
Classification Classify(const CatalogueData& data, const RecordFacts& facts, absl::CivilDay on);

}  // namespace xiufu::catalogue
