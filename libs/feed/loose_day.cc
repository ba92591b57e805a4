#include "libs/feed/loose_day.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "libs/base/legal_day.h"

namespace xiufu::feed {
namespace {

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

}  // namespace

absl::StatusOr<absl::CivilDay> ReadLooseDay(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
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
