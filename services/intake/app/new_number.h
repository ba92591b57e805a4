#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/intake/app/ports.h"

namespace xiufu::intake {

inline constexpr size_t kQueryCodeLength = 8;

// The next readable number of a region and day. RESOURCE_EXHAUSTED when none is left.
absl::StatusOr<std::string> NewNumber(storage::Tx& tx, const NumberTable& numbers,
                                      const std::string& region, absl::Time now);

}  // namespace xiufu::intake
