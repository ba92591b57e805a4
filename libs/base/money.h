#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace xiufu {

// Money is an int64_t of 分 (1/100 元). Feeds write 万元 with up to 6 decimals: 0.000001 万元 is
// exactly 1 分.

// At most 12 integer digits (the feeds' decimal(18,6)) and 6 decimals, digits on both sides of a
// dot. Exact. INVALID_ARGUMENT with reason MONEY_EMPTY, MONEY_NEGATIVE, MONEY_NOT_A_NUMBER,
// MONEY_TOO_PRECISE or MONEY_TOO_LARGE otherwise. Nothing is trimmed.
absl::StatusOr<int64_t> FenFromWan(absl::string_view text);

// 万元 without trailing zeros: 1500000 → "1.5". FenFromWan of it gives the same 分.
std::string WanFromFen(int64_t fen);
// 元 with two decimals: 150 → "1.50".
std::string YuanFromFen(int64_t fen);

}  // namespace xiufu
