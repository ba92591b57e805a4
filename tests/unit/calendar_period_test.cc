#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

#include "libs/calendar/period.h"

namespace xiufu::calendar {
namespace {

using PeriodDay = absl::CivilDay;

TEST(Period, EndsOnTheCorrespondingDayOrTheMonthsEnd) {
  EXPECT_EQ(EndOfMonths(PeriodDay(2025, 11, 30), 3), PeriodDay(2026, 2, 28));
  EXPECT_EQ(EndOfMonths(PeriodDay(2025, 11, 30), 3) + 1, PeriodDay(2026, 3, 1));
  EXPECT_EQ(EndOfMonths(PeriodDay(2023, 11, 30), 3), PeriodDay(2024, 2, 29));
  EXPECT_EQ(EndOfMonths(PeriodDay(2026, 1, 31), 1), PeriodDay(2026, 2, 28));
  EXPECT_EQ(EndOfMonths(PeriodDay(2026, 2, 28), 1), PeriodDay(2026, 3, 28));
  EXPECT_EQ(EndOfMonths(PeriodDay(2026, 8, 24), 12), PeriodDay(2027, 8, 24));
  EXPECT_EQ(EndOfYears(PeriodDay(2024, 2, 29), 1), PeriodDay(2025, 2, 28));
  EXPECT_EQ(EndOfYears(PeriodDay(2024, 2, 29), 4), PeriodDay(2028, 2, 29));
  EXPECT_EQ(EndOf(PeriodDay(2026, 2, 27), {3, Period::Unit::kDays}), PeriodDay(2026, 3, 2));
  EXPECT_EQ(EndOf(PeriodDay(2026, 2, 27), {}), PeriodDay(2026, 2, 27));
}

TEST(Period, TextThereAndBack) {
  for (const char* text : {"0", "1d", "10d", "3mo", "1y", "1000mo"}) {
    const absl::StatusOr<Period> period = ParsePeriod(text);
    ASSERT_TRUE(period.ok()) << text;
    EXPECT_EQ(FormatPeriod(*period), text);
  }
  for (const char* text :
       {"", "3", "mo", "3m", "-1y", "1.5y", "0mo", "3 mo", "1001y", "+1y", "99999999999y"}) {
    EXPECT_FALSE(ParsePeriod(text).ok()) << text;
  }
}

TEST(Period, IsReadByPeople) {
  EXPECT_EQ(FormatPeriodZh({3, Period::Unit::kMonths}), "3个月");
  EXPECT_EQ(FormatPeriodEn({3, Period::Unit::kMonths}), "3 months");
  EXPECT_EQ(FormatPeriodZh({1, Period::Unit::kYears}), "1年");
  EXPECT_EQ(FormatPeriodEn({1, Period::Unit::kYears}), "1 year");
}

RC_GTEST_PROP(PeriodProperty, AgreesWithChrono, ()) {
  const PeriodDay start = PeriodDay(2000, 1, 1) + *rc::gen::inRange(0, 20000);
  const int months = *rc::gen::inRange(0, 60);
  const std::chrono::year_month_day from(std::chrono::year(static_cast<int>(start.year())),
                                         std::chrono::month(static_cast<unsigned>(start.month())),
                                         std::chrono::day(static_cast<unsigned>(start.day())));
  std::chrono::year_month_day to = from + std::chrono::months(months);
  if (!to.ok()) to = to.year() / to.month() / std::chrono::last;
  const PeriodDay expected(static_cast<int>(to.year()),
                           static_cast<int>(static_cast<unsigned>(to.month())),
                           static_cast<int>(static_cast<unsigned>(to.day())));
  RC_ASSERT(EndOfMonths(start, months) == expected);
}

}  // namespace
}  // namespace xiufu::calendar
