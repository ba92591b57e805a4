#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace xiufu::routing {

// The number of a supervision order (督办单): "DB" + region + yyyymmdd + 4-digit sequence of that
// region and day (more where they do not suffice) + MOD-31 check character.
std::string OrderNumber(absl::string_view region, absl::CivilDay day, int64_t sequence);

}  // namespace xiufu::routing
