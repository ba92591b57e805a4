#pragma once

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace xiufu {

// Well-formed UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
bool IsValidUtf8(absl::string_view text);
// Number of code points; only meaningful for valid UTF-8.
size_t CharacterCount(absl::string_view text);

// Every byte that belongs to no well-formed character becomes U+FFFD: for texts of others that must
// travel in a protobuf string, which cannot hold anything else.
std::string CleanUtf8(absl::string_view text);
// `text`, or as many of its characters as fit into `max_bytes` with an ellipsis behind them; only
// meaningful for valid UTF-8.
std::string ClipUtf8(absl::string_view text, size_t max_bytes);

// The first `count` characters, or all; only meaningful for valid UTF-8.
absl::string_view FirstCharacters(absl::string_view text, size_t count);
// Without the blanks (ASCII, ideographic, U+00A0) at both ends: people see none of them.
absl::string_view WithoutBlanks(absl::string_view text);

// OK, or a field violation: not UTF-8, a control character (also line breaks), one that changes the
// direction of writing, one that cannot be seen (U+200B, U+FEFF), fewer than `min` or more than
// `max` characters, or blanks alone where something is needed (`min` > 0).
absl::Status CheckText(absl::string_view field, absl::string_view text, size_t min, size_t max);
// The same, but line feed, tab, U+200B and U+FEFF are allowed: for notes of several lines.
absl::Status CheckMultilineText(absl::string_view field, absl::string_view text, size_t min,
                                size_t max);

}  // namespace xiufu
