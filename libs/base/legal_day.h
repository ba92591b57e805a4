#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace xiufu {

// The day in Asia/Shanghai on which something happened.
absl::CivilDay LegalDay(absl::Time time);
// Its first instant.
absl::Time StartOfLegalDay(absl::CivilDay day);

// Exactly "yyyy-mm-dd" and a day that exists, year 1900 to 9999. INVALID_ARGUMENT otherwise.
absl::StatusOr<absl::CivilDay> ParseDay(absl::string_view text);
std::string FormatDay(absl::CivilDay day);

}  // namespace xiufu
