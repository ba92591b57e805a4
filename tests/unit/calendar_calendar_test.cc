#include "libs/calendar/calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/base/legal_day.h"
#include "tests/unit/calendar_oracle.h"

namespace xiufu::calendar {
namespace {

using Day = absl::CivilDay;

const Calendar& Shipped() {
  static const absl::StatusOr<Calendar> calendar = Calendar::Load("deploy/calendars");
  if (!calendar.ok()) throw std::runtime_error(calendar.status().ToString());
  return *calendar;
}

TEST(Calendar, WorkingDayVectors) {
  const struct {
    const char* start;
    int n;
    const char* due;
  } vectors[] = {{"2024-02-08", 3, "2024-02-19"},  {"2024-04-03", 1, "2024-04-07"},
                 {"2024-09-30", 10, "2024-10-18"}, {"2025-01-24", 3, "2025-02-05"},
                 {"2025-01-27", 10, "2025-02-17"}, {"2025-09-30", 10, "2025-10-21"},
                 {"2025-12-31", 3, "2026-01-06"},  {"2026-02-13", 3, "2026-02-25"},
                 {"2026-02-13", 10, "2026-03-05"}, {"2026-03-31", 7, "2026-04-10"},
                 {"2026-04-30", 10, "2026-05-18"}, {"2026-09-18", 1, "2026-09-20"},
                 {"2026-09-24", 3, "2026-09-30"},  {"2026-09-30", 3, "2026-10-10"},
                 {"2026-09-30", 10, "2026-10-20"}, {"2026-11-24", 10, "2026-12-08"}};
  for (const auto& v : vectors) {
    const Due due = Shipped().AddWorkingDays(*ParseDay(v.start), v.n);
    EXPECT_EQ(FormatDay(due.day), v.due) << v.start << " + " << v.n;
    EXPECT_FALSE(due.provisional);
  }
}

TEST(Calendar, YearsHaveTheirWorkingDays) {
  for (const auto& [year, days] :
       {std::pair(2024, 251), std::pair(2025, 248), std::pair(2026, 248)}) {
    EXPECT_EQ(Shipped().CountWorkingDays(Day(year - 1, 12, 31), Day(year, 12, 31)), days);
  }
}

TEST(Calendar, DueTellsWhatLedToIt) {
  const Due due = Shipped().AddWorkingDays(Day(2026, 9, 18), 10);
  // 20 Sep is worked; 25-27 Sep and 1-7 Oct are off; 10 Oct lies beyond.
  EXPECT_EQ(due.day, Day(2026, 10, 9));
  EXPECT_EQ(due.makeup_days_counted, (std::vector<NamedDay>{{Day(2026, 9, 20), "国庆节"}}));
  ASSERT_EQ(due.holidays_skipped.size(), 10u);
  EXPECT_EQ(due.holidays_skipped.front(), (NamedDay{Day(2026, 9, 25), "中秋节"}));
  EXPECT_EQ(due.holidays_skipped.back(), (NamedDay{Day(2026, 10, 7), "国庆节"}));
}

TEST(Calendar, YearsThatAreNotAnnouncedAreProvisional) {
  const Due due = Shipped().AddWorkingDays(Day(2026, 12, 30), 2);
  EXPECT_TRUE(due.provisional);
  EXPECT_EQ(due.day, Day(2027, 1, 4));  // 31 Dec, then 1 Jan is off and a weekend follows
  EXPECT_FALSE(Shipped().AddWorkingDays(Day(2026, 12, 30), 1).provisional);
  for (const Day day : {Day(2027, 2, 5), Day(2027, 2, 8), Day(2027, 4, 5), Day(2027, 5, 2),
                        Day(2027, 6, 9), Day(2027, 9, 15), Day(2027, 10, 3)}) {
    EXPECT_FALSE(Shipped().IsWorkingDay(day)) << day;
  }
  EXPECT_TRUE(Shipped().IsWorkingDay(Day(2027, 2, 9)));
  EXPECT_TRUE(Shipped().IsProvisional(Day(2028, 1, 3)));
  EXPECT_TRUE(Shipped().IsWorkingDay(Day(2028, 1, 3)));  // a Monday of a year nothing is known of
}

TEST(Calendar, ALastDayOnAHolidayMovesToTheNextWorkingDay) {
  EXPECT_EQ(Shipped().OnOrAfter(Day(2026, 10, 1)).day, Day(2026, 10, 8));
  EXPECT_EQ(Shipped().OnOrAfter(Day(2026, 10, 10)).day, Day(2026, 10, 10));  // Saturday, worked
  EXPECT_EQ(Shipped().OnOrAfter(Day(2026, 11, 22)).day, Day(2026, 11, 23));
  EXPECT_EQ(Shipped().OnOrAfter(Day(2026, 10, 1)).holidays_skipped.size(), 7u);
}

TEST(Calendar, NoDaysIsTheStartItself) {
  EXPECT_EQ(Shipped().AddWorkingDays(Day(2026, 10, 1), 0).day, Day(2026, 10, 1));
  EXPECT_EQ(Shipped().CountWorkingDays(Day(2026, 10, 1), Day(2026, 9, 1)), 0);
}

RC_GTEST_PROP(CalendarProperty, AgreesWithCountingByHand, ()) {
  const Oracle oracle;
  const Day start = Day(2024, 1, 1) + *rc::gen::inRange(0, 1030);
  const int n = *rc::gen::inRange(0, 40);
  Day expected = start;
  for (int left = n; left > 0;) {
    ++expected;
    if (oracle.IsWorkingDay(expected)) --left;
  }
  if (expected.year() > 2026) return;
  const Due due = Shipped().AddWorkingDays(start, n);
  RC_ASSERT(due.day == expected);
  RC_ASSERT(!due.provisional);
  RC_ASSERT(Shipped().CountWorkingDays(start, due.day) == n);
}

TEST(Calendar, EveryDayAgreesWithTheNotices) {
  const Oracle oracle;
  for (Day day(2024, 1, 1); day.year() < 2027; ++day) {
    EXPECT_EQ(Shipped().IsWorkingDay(day), oracle.IsWorkingDay(day)) << day;
  }
}

}  // namespace
}  // namespace xiufu::calendar
