#include "libs/feed/loose_day.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "libs/base/legal_day.h"

namespace xiufu::feed {
namespace {

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

// Milliseconds since 1970, as platforms that write Java dates have them.
constexpr size_t kMillisDigits = 13;

// An instant: its day is that in China, not that of the zone it is written in.
std::optional<absl::CivilDay> DayOfInstant(absl::string_view text) {
  int64_t millis = 0;
  if (text.size() == kMillisDigits && AllDigits(text) && absl::SimpleAtoi(text, &millis)) {
    return LegalDay(absl::FromUnixMillis(millis));
  }
  absl::Time time;
  if (!absl::StrContains(text, 'T') || !absl::ParseTime(absl::RFC3339_full, text, &time, nullptr)) {
    return std::nullopt;
  }
  return LegalDay(time);
}

}  // namespace

absl::StatusOr<absl::CivilDay> ReadLooseDay(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (const std::optional<absl::CivilDay> day = DayOfInstant(text)) return *day;
  const absl::string_view day = text.substr(0, text.find_first_of(" T"));
  if (day.size() == 8 && AllDigits(day)) {
    return ParseDay(absl::StrCat(day.substr(0, 4), "-", day.substr(4, 2), "-", day.substr(6)));
  }
  const std::string plain =
      absl::StrReplaceAll(day, {{"年", "-"}, {"月", "-"}, {"日", ""}, {"/", "-"}, {".", "-"}});
  const std::vector<absl::string_view> parts = absl::StrSplit(plain, '-');
  int month = 0, of_month = 0;
  if (parts.size() != 3 || !AllDigits(parts[0]) || !AllDigits(parts[1]) || !AllDigits(parts[2]) ||
      !absl::SimpleAtoi(parts[1], &month) || !absl::SimpleAtoi(parts[2], &of_month)) {
    return absl::InvalidArgumentError(absl::StrCat("not a day: ", text));
  }
  return ParseDay(absl::StrFormat("%s-%02d-%02d", parts[0], month, of_month));
}

}  // namespace xiufu::feed
