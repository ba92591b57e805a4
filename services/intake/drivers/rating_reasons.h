#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/intake/domain/rating.h"

namespace xiufu::intake {

// Reads deploy/ratings. INVALID_ARGUMENT lists everything wrong with file:line.
absl::StatusOr<std::vector<RatingReason>> LoadRatingReasons(absl::string_view folder);

}  // namespace xiufu::intake
