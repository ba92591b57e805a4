#include "libs/calendar/calendar.h"

namespace xiufu::calendar {
namespace {

bool IsWeekend(absl::CivilDay day) {
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
}

const std::string* FindDay(const std::map<absl::CivilDay, std::string>& days, absl::CivilDay day) {
  const auto at = days.find(day);
  return at == days.end() ? nullptr : &at->second;
}

}  // namespace

Calendar::Calendar(std::vector<YearCalendar> years, std::map<absl::CivilDay, std::string> statutory,
                   std::string version)
    : statutory_(std::move(statutory)), version_(std::move(version)) {
  for (YearCalendar& year : years) years_.emplace(year.year, std::move(year));
}

const YearCalendar* Calendar::YearOf(absl::CivilDay day) const {
  const auto at = years_.find(static_cast<int>(day.year()));
  return at == years_.end() ? nullptr : &at->second;
}

const std::string* Calendar::HolidayName(absl::CivilDay day) const {
  const YearCalendar* year = YearOf(day);
  return FindDay(year == nullptr ? statutory_ : year->holidays, day);
}

const std::string* Calendar::MakeupName(absl::CivilDay day) const {
  const YearCalendar* year = YearOf(day);
  return year == nullptr ? nullptr : FindDay(year->makeups, day);
}

bool Calendar::IsProvisional(absl::CivilDay day) const { return YearOf(day) == nullptr; }

bool Calendar::IsWorkingDay(absl::CivilDay day) const {
  if (HolidayName(day) != nullptr) return false;
  return !IsWeekend(day) || MakeupName(day) != nullptr;
}

bool Calendar::Visit(absl::CivilDay day, Due& due) const {
  due.provisional |= IsProvisional(day);
  if (const std::string* holiday = HolidayName(day)) {
    due.holidays_skipped.push_back({day, *holiday});
    return false;
  }
  if (!IsWeekend(day)) return true;
  const std::string* makeup = MakeupName(day);
  if (makeup != nullptr) due.makeup_days_counted.push_back({day, *makeup});
  return makeup != nullptr;
}

Due Calendar::AddWorkingDays(absl::CivilDay start, int n) const {
  Due due;
  due.day = start;
  for (int left = n; left > 0;) {
    ++due.day;
    if (Visit(due.day, due)) --left;
  }
  return due;
}

Due Calendar::OnOrAfter(absl::CivilDay day) const {
  Due due;
  for (due.day = day; !Visit(due.day, due);) ++due.day;
  return due;
}

Due Calendar::PassOver(absl::CivilDay after, absl::CivilDay through) const {
  Due due;
  for (absl::CivilDay day = after + 1; day <= through; ++day) Visit(day, due);
  due.day = through;
  return due;
}

int Calendar::CountWorkingDays(absl::CivilDay after, absl::CivilDay through) const {
  int count = 0;
  for (absl::CivilDay day = after + 1; day <= through; ++day) count += IsWorkingDay(day);
  return count;
}

}  // namespace xiufu::calendar
