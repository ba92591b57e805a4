#include "libs/base/application_number.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/base/legal_day.h"
#include "libs/base/mod31.h"
#include "libs/base/status.h"

namespace xiufu {
namespace {

constexpr absl::string_view kApplicationPrefix = "XYXF";
constexpr size_t kNumberLength = 27;

bool OnlyDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
}

absl::Status Malformed(absl::string_view what) {
  return WithReason(absl::InvalidArgumentError(what), "APPLICATION_NUMBER_MALFORMED");
}

}  // namespace

absl::StatusOr<std::string> FormatApplicationNumber(const ApplicationNumber& number) {
  if (number.region.size() != 6 || !OnlyDigits(number.region)) {
    return Malformed("the region is not six digits");
  }
  if (number.day.year() < 1900 || number.day.year() > 9999) {
    return Malformed("the year is not 1900 to 9999");
  }
  if (number.sequence < 1 || number.sequence > kMaxApplicationSequence) {
    return Malformed("the sequence is not 1 to 99999999");
  }
  const std::string body =
      absl::StrFormat("%s%s%04d%02d%02d%08d", std::string(kApplicationPrefix), number.region,
                      number.day.year(), number.day.month(), number.day.day(), number.sequence);
  return absl::StrCat(body, std::string(1, *Mod31CheckCharacter(body)));
}

absl::StatusOr<ApplicationNumber> ParseApplicationNumber(absl::string_view text) {
  const std::string upper = absl::AsciiStrToUpper(text);
  const absl::string_view view(upper);
  if (view.size() != kNumberLength || !absl::StartsWith(view, kApplicationPrefix) ||
      !OnlyDigits(view.substr(4, 22)) || Mod31Value(view.back()) < 0) {
    return Malformed("not XYXF, 22 digits and a check character");
  }
  const absl::StatusOr<absl::CivilDay> day =
      ParseDay(absl::StrCat(view.substr(10, 4), "-", view.substr(14, 2), "-", view.substr(16, 2)));
  if (!day.ok()) return Malformed("the date in it does not exist");
  ApplicationNumber number{std::string(view.substr(4, 6)), *day, 0};
  if (!absl::SimpleAtoi(view.substr(18, 8), &number.sequence) || number.sequence == 0) {
    return Malformed("the sequence in it is zero");
  }
  if (view.back() != *Mod31CheckCharacter(view.substr(0, 26))) {
    return WithReason(absl::InvalidArgumentError("the check character does not fit"),
                      "APPLICATION_NUMBER_CHECKSUM");
  }
  return number;
}

}  // namespace xiufu
