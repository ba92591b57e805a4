#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace xiufu {

// 统一社会信用代码 (GB 32100-2015): 2 characters of registry and kind, 6 digits of region, the 9
// characters of the organisation code (GB 11714) and a check character (MOD-31). Some genuine codes
// carry a wrong check character, hence three values: what is merely mismatched may be accepted
// where the code is known, what is malformed never.
enum class UsccVerdict { kOk, kMalformed, kChecksumMismatch };

struct UsccCheck {
  UsccVerdict verdict = UsccVerdict::kMalformed;
  std::string
      code;  // as given, ASCII letters upper-cased; nothing is trimmed or converted otherwise
  std::string reason;  // Chinese, then " / ", then English; one line, free of the code itself
  bool ok() const { return verdict == UsccVerdict::kOk; }
};

// kOk only when the MOD-31 character and the embedded GB 11714 digit both hold.
UsccCheck CheckUscc(absl::string_view text);
// "ok", "malformed", "checksum-mismatch".
absl::string_view ToString(UsccVerdict verdict);

}  // namespace xiufu
