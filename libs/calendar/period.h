#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace xiufu::calendar {

// A legal period in calendar units: "0", "10d", "3mo", "1y".
struct Period {
  enum class Unit { kDays, kMonths, kYears };
  int count = 0;
  Unit unit = Unit::kDays;
  bool IsZero() const { return count == 0; }
  friend bool operator==(const Period&, const Period&) = default;
};

// INVALID_ARGUMENT for anything but the forms above, count at most 1000.
absl::StatusOr<Period> ParsePeriod(absl::string_view text);
std::string FormatPeriod(Period period);    // as parsed: "3mo"
std::string FormatPeriodZh(Period period);  // "3个月"
std::string FormatPeriodEn(Period period);  // "3 months"

// Last day of a period that starts on `start` (not counted, 民法典 201): the corresponding day, or
// the month's end where that day does not exist (202). No holiday shift.
absl::CivilDay EndOfMonths(absl::CivilDay start, int months);
absl::CivilDay EndOfYears(absl::CivilDay start, int years);
absl::CivilDay EndOf(absl::CivilDay start, Period period);

}  // namespace xiufu::calendar
