#include "libs/calendar/period.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace xiufu::calendar {
namespace {

constexpr int kMaxPeriodCount = 1000;

absl::CivilDay LastDayOfMonth(absl::CivilMonth month) { return absl::CivilDay(month + 1) - 1; }

}  // namespace

absl::StatusOr<Period> ParsePeriod(absl::string_view text) {
  const absl::Status bad = absl::InvalidArgumentError("not a period such as 0, 10d, 3mo or 1y");
  if (text == "0") return Period{};
  Period period;
  if (absl::ConsumeSuffix(&text, "mo")) {
    period.unit = Period::Unit::kMonths;
  } else if (absl::ConsumeSuffix(&text, "y")) {
    period.unit = Period::Unit::kYears;
  } else if (!absl::ConsumeSuffix(&text, "d")) {
    return bad;
  }
  const bool digits = std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
  if (!digits || !absl::SimpleAtoi(text, &period.count)) return bad;
  if (period.count < 1 || period.count > kMaxPeriodCount) return bad;
  return period;
}

std::string FormatPeriod(Period period) {
  if (period.IsZero()) return "0";
  const char* unit = period.unit == Period::Unit::kYears    ? "y"
                     : period.unit == Period::Unit::kMonths ? "mo"
                                                            : "d";
  return absl::StrCat(period.count, unit);
}

std::string FormatPeriodZh(Period period) {
  const char* unit = period.unit == Period::Unit::kYears    ? "年"
                     : period.unit == Period::Unit::kMonths ? "个月"
                                                            : "日";
  return absl::StrCat(period.count, unit);
}

std::string FormatPeriodEn(Period period) {
  const char* unit = period.unit == Period::Unit::kYears    ? "year"
                     : period.unit == Period::Unit::kMonths ? "month"
                                                            : "day";
  return absl::StrCat(period.count, " ", unit, period.count == 1 ? "" : "s");
}

absl::CivilDay EndOfMonths(absl::CivilDay start, int months) {
  const absl::CivilMonth month = absl::CivilMonth(start) + months;
  const absl::CivilDay last = LastDayOfMonth(month);
  return absl::CivilDay(month) + (std::min(start.day(), last.day()) - 1);
}

absl::CivilDay EndOfYears(absl::CivilDay start, int years) {
  return EndOfMonths(start, 12 * years);
}

absl::CivilDay EndOf(absl::CivilDay start, Period period) {
  switch (period.unit) {
    case Period::Unit::kYears:
      return EndOfYears(start, period.count);
    case Period::Unit::kMonths:
      return EndOfMonths(start, period.count);
    case Period::Unit::kDays:
      break;
  }
  return start + period.count;
}

}  // namespace xiufu::calendar
