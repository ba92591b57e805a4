#include "libs/base/text.h"

#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/base/status.h"

namespace xiufu {
namespace {

constexpr uint32_t kBad = 0xFFFFFFFF;
constexpr absl::string_view kReplacement = "\uFFFD";
constexpr absl::string_view kEllipsis = "…";

// Takes one code point off the front; kBad when it is not well-formed.
uint32_t TakeCodePoint(absl::string_view& text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = byte(0);
  const size_t length = first < 0x80   ? 1
                        : first < 0xC2 ? 0
                        : first < 0xE0 ? 2
                        : first < 0xF0 ? 3
                        : first < 0xF5 ? 4
                                       : 0;
  if (length == 0 || text.size() < length) return kBad;
  uint32_t point = length == 1 ? first : first & (0xFF >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return kBad;
    point = point << 6 | (byte(i) & 0x3F);
  }
  constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < kSmallest[length] || surrogate || point > 0x10FFFF) return kBad;
  text.remove_prefix(length);
  return point;
}

bool IsControl(uint32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

// Unicode's Bidi_Control: a name that holds one is shown as another than it is.
bool IsBidiControl(uint32_t point) {
  return point == 0x061C || point == 0x200E || point == 0x200F ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

// Zero width space and byte order mark: two names that look the same would be two. In prose they
// are a word processor's leavings and harm nobody.
bool IsInvisible(uint32_t point) { return point == 0x200B || point == 0xFEFF; }

absl::Status CheckCharacters(absl::string_view field, absl::string_view text, size_t min,
                             size_t max, bool multiline) {
  const std::string right = absl::StrCat(min, " to ", max, " characters of UTF-8");
  size_t count = 0;
  for (absl::string_view rest = text; !rest.empty(); ++count) {
    const uint32_t point = TakeCodePoint(rest);
    if (point == kBad) return FieldViolation(field, "not well-formed UTF-8", right);
    const bool allowed = multiline && (point == '\n' || point == '\t');
    if (IsControl(point) && !allowed)
      return FieldViolation(field, "contains a control character", right);
    if (IsBidiControl(point) || (!multiline && IsInvisible(point)))
      return FieldViolation(field, "contains an invisible character", right);
  }
  if (count == 0 && min > 0) return FieldViolation(field, "empty", right);
  if (min > 0 && WithoutBlanks(text).empty()) return FieldViolation(field, "only blanks", right);
  if (count < min || count > max)
    return FieldViolation(field, absl::StrCat(count, " characters"), right);
  return absl::OkStatus();
}

}  // namespace

bool IsValidUtf8(absl::string_view text) {
  while (!text.empty()) {
    if (TakeCodePoint(text) == kBad) return false;
  }
  return true;
}

size_t CharacterCount(absl::string_view text) {
  size_t count = 0;
  for (char c : text) count += (static_cast<uint8_t>(c) & 0xC0) != 0x80;
  return count;
}

std::string CleanUtf8(absl::string_view text) {
  std::string clean;
  while (!text.empty()) {
    absl::string_view rest = text;
    const bool bad = TakeCodePoint(rest) == kBad;
    if (bad) rest.remove_prefix(1);
    const absl::string_view taken = text.substr(0, text.size() - rest.size());
    absl::StrAppend(&clean, bad ? kReplacement : taken);
    text = rest;
  }
  return clean;
}

std::string ClipUtf8(absl::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  size_t end = max_bytes < kEllipsis.size() ? 0 : max_bytes - kEllipsis.size();
  while (end > 0 && (static_cast<uint8_t>(text[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(text.substr(0, end), kEllipsis);
}

absl::string_view FirstCharacters(absl::string_view text, size_t count) {
  size_t end = 0;
  for (size_t seen = 0; end < text.size(); ++end) {
    const bool begins = (static_cast<uint8_t>(text[end]) & 0xC0) != 0x80;
    if (begins && seen++ == count) break;
  }
  return text.substr(0, end);
}

absl::string_view WithoutBlanks(absl::string_view text) {
  constexpr absl::string_view kIdeographicSpace = "\u3000";
  constexpr absl::string_view kNoBreakSpace = "\u00A0";
  size_t before = 0;
  do {
    before = text.size();
    text = absl::StripAsciiWhitespace(text);
    while (absl::ConsumePrefix(&text, kIdeographicSpace)) continue;
    while (absl::ConsumeSuffix(&text, kIdeographicSpace)) continue;
    while (absl::ConsumePrefix(&text, kNoBreakSpace)) continue;
    while (absl::ConsumeSuffix(&text, kNoBreakSpace)) continue;
  } while (text.size() != before);
  return text;
}

absl::Status CheckText(absl::string_view field, absl::string_view text, size_t min, size_t max) {
  return CheckCharacters(field, text, min, max, false);
}

absl::Status CheckMultilineText(absl::string_view field, absl::string_view text, size_t min,
                                size_t max) {
  return CheckCharacters(field, text, min, max, true);
}

}  // namespace xiufu
