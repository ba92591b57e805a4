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

// The State's days and three exceptions: of the authority, of its line, and of somebody else.
Calendar WithExceptions(std::vector<Exception> exceptions) {
  CalendarData data;
  for (int year = 2024; year <= 2026; ++year) {
    YearCalendar days{.year = year, .holidays = {}, .makeups = {}};
    for (Day day(year, 1, 1); day.year() == year; ++day) {
      const absl::Weekday weekday = absl::GetWeekday(day);
      const bool weekend = weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
      if (Shipped().IsWorkingDay(day) == weekend) {
        (weekend ? days.makeups : days.holidays).emplace(day, "节");
      }
    }
    data.years.push_back(std::move(days));
  }
  data.exceptions = std::move(exceptions);
  return Calendar(std::move(data));
}

Exception ExceptionOf(std::vector<std::string> codes, std::vector<std::string> kinds,
                      std::vector<Day> days, bool working) {
  return {.authorities = std::move(codes),
          .authority_kinds = std::move(kinds),
          .days = std::move(days),
          .working = working,
          .name = working ? "加班" : "停办"};
}

TEST(Calendar, AnAuthoritysExceptionsGoBeforeThoseOfItsLine) {
  const Day friday(2026, 8, 7), saturday(2026, 8, 8);
  const Calendar calendar =
      WithExceptions({ExceptionOf({}, {"TRANSPORT"}, {friday, saturday}, true),
                      ExceptionOf({"transport"}, {}, {friday}, false)});
  const Due due = calendar.For("transport", "TRANSPORT").AddWorkingDays(Day(2026, 8, 6), 1);
  EXPECT_EQ(due.day, saturday);
  EXPECT_EQ(due.exceptions,
            (std::vector<ExceptionDay>{{friday, false, "停办"}, {saturday, true, "加班"}}));
  // The line's word for Friday is what the State says anyway: it changes nothing.
  const Due other = calendar.For("roads", "TRANSPORT").AddWorkingDays(Day(2026, 8, 6), 2);
  EXPECT_EQ(other.day, saturday);
  EXPECT_EQ(other.exceptions, (std::vector<ExceptionDay>{{saturday, true, "加班"}}));
  EXPECT_EQ(calendar.For("tax", "TAX").AddWorkingDays(Day(2026, 8, 6), 2).day, Day(2026, 8, 10));
  EXPECT_TRUE(calendar.For("transport", "TRANSPORT").For("tax", "TAX").IsWorkingDay(friday));
}

TEST(Calendar, AHolidayThatAnAuthorityWorksIsAnExceptionAndNoHoliday) {
  const Calendar calendar =
      WithExceptions({ExceptionOf({"transport"}, {}, {Day(2026, 10, 2)}, true)});
  const Due due = calendar.For("transport", "").OnOrAfter(Day(2026, 10, 1));
  EXPECT_EQ(due.day, Day(2026, 10, 2));
  EXPECT_EQ(due.holidays_skipped.size(), 1u);
  EXPECT_EQ(due.exceptions.size(), 1u);
}

RC_GTEST_PROP(CalendarProperty, ExceptionsAgreeWithCountingByHand, ()) {
  const Oracle oracle;
  const Day first(2024, 1, 1);
  const auto days = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 400));
  std::map<Day, bool> of_code, of_kind;
  std::vector<Exception> exceptions;
  for (int offset : days) {
    const Day day = first + offset;
    const bool working = *rc::gen::arbitrary<bool>(), by_code = *rc::gen::arbitrary<bool>();
    if (!(by_code ? of_code : of_kind).emplace(day, working).second) continue;
    exceptions.push_back(by_code ? ExceptionOf({"other", "transport"}, {}, {day}, working)
                                 : ExceptionOf({}, {"TRANSPORT"}, {day}, working));
  }
  const auto works = [&](Day day) {
    if (const auto at = of_code.find(day); at != of_code.end()) return at->second;
    if (const auto at = of_kind.find(day); at != of_kind.end()) return at->second;
    return oracle.IsWorkingDay(day);
  };
  const Calendar calendar = WithExceptions(exceptions).For("transport", "TRANSPORT");
  const Day start = first + *rc::gen::inRange(0, 400);
  const int n = *rc::gen::inRange(0, 40);
  Day expected = start;
  size_t counted = 0;
  for (int left = n; left > 0;) {
    ++expected;
    if (works(expected) != oracle.IsWorkingDay(expected)) ++counted;
    if (works(expected)) --left;
  }
  const Due due = calendar.AddWorkingDays(start, n);
  RC_ASSERT(due.day == expected);
  RC_ASSERT(due.exceptions.size() == counted);
  for (const ExceptionDay& exception : due.exceptions) {
    RC_ASSERT(exception.working == works(exception.day));
    RC_ASSERT(exception.working != oracle.IsWorkingDay(exception.day));
  }
  for (const NamedDay& skipped : due.holidays_skipped) RC_ASSERT(!works(skipped.day));
  for (const NamedDay& made_up : due.makeup_days_counted) RC_ASSERT(works(made_up.day));
  RC_ASSERT(calendar.CountWorkingDays(start, due.day) == n);
}

TEST(Calendar, EveryDayAgreesWithTheNotices) {
  const Oracle oracle;
  for (Day day(2024, 1, 1); day.year() < 2027; ++day) {
    EXPECT_EQ(Shipped().IsWorkingDay(day), oracle.IsWorkingDay(day)) << day;
  }
}

}  // namespace
}  // namespace xiufu::calendar
