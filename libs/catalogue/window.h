#pragma once

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "libs/catalogue/evaluation.h"
#include "libs/catalogue/facts.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

// What one rule says about the time of one record.
Window WindowOf(const Rule& rule, const RecordFacts& facts);

}  // namespace xiufu::catalogue
