#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace xiufu {

// The number people see: "XYXF" + region (GB/T 2260) + yyyymmdd + 8-digit sequence of that region
// and day + MOD-31 check character over the 26 before it. 27 characters, safe in a URL, fits the
// platforms' an..30.
struct ApplicationNumber {
  std::string region;     // six digits
  absl::CivilDay day;     // of filing, Asia/Shanghai
  uint32_t sequence = 0;  // 1 to 99,999,999
  friend bool operator==(const ApplicationNumber&, const ApplicationNumber&) = default;
};

inline constexpr uint32_t kMaxApplicationSequence = 99999999;

// INVALID_ARGUMENT when the region is not six digits, the year not 1900 to 9999, or the sequence
// out of range.
absl::StatusOr<std::string> FormatApplicationNumber(const ApplicationNumber& number);

// Letters of either case; nothing is trimmed. INVALID_ARGUMENT with reason
// APPLICATION_NUMBER_MALFORMED or APPLICATION_NUMBER_CHECKSUM.
absl::StatusOr<ApplicationNumber> ParseApplicationNumber(absl::string_view text);

}  // namespace xiufu
