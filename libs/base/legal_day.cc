#include "libs/base/legal_day.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/base/clock.h"

namespace xiufu {
namespace {

bool LooksLikeIsoDay(absl::string_view text) {
  if (text.size() != 10) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : !absl::ascii_isdigit(static_cast<unsigned char>(text[i])))
      return false;
  }
  return true;
}

}  // namespace

absl::CivilDay LegalDay(absl::Time time) { return absl::ToCivilDay(time, ShanghaiZone()); }

absl::Time StartOfLegalDay(absl::CivilDay day) { return absl::FromCivil(day, ShanghaiZone()); }

absl::StatusOr<absl::CivilDay> ParseDay(absl::string_view text) {
  int year = 0, month = 0, day = 0;
  if (LooksLikeIsoDay(text) && absl::SimpleAtoi(text.substr(0, 4), &year) &&
      absl::SimpleAtoi(text.substr(5, 2), &month) && absl::SimpleAtoi(text.substr(8, 2), &day)) {
    // CivilDay carries 30 February over into March: a day that comes back changed does not exist.
    const absl::CivilDay civil(year, month, day);
    if (year >= 1900 && civil.month() == month && civil.day() == day) return civil;
  }
  return absl::InvalidArgumentError("not a date of the form yyyy-mm-dd");
}

std::string FormatDay(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

}  // namespace xiufu
