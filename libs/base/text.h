#pragma once

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace xiufu {

// Well-formed UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
bool IsValidUtf8(absl::string_view text);
// Number of code points; only meaningful for valid UTF-8.
size_t CharacterCount(absl::string_view text);

// OK, or a field violation: not UTF-8, a control character (also line breaks), or fewer than `min`
// or more than `max` characters.
absl::Status CheckText(absl::string_view field, absl::string_view text, size_t min, size_t max);
// The same, but line feed and tab are allowed: for notes of several lines.
absl::Status CheckMultilineText(absl::string_view field, absl::string_view text, size_t min,
                                size_t max);

}  // namespace xiufu
