#include "libs/calendar/calendar.h"

#include <algorithm>
#include <utility>

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

bool Names(const std::vector<std::string>& names, absl::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

struct Calendar::Shared {
  std::map<int, YearCalendar> years;
  CalendarData data;  // its years are moved to `years`
};

Calendar::Calendar(CalendarData data) {
  auto shared = std::make_shared<Shared>();
  for (YearCalendar& year : data.years) shared->years.emplace(year.year, std::move(year));
  data.years.clear();
  shared->data = std::move(data);
  shared_ = std::move(shared);
}

Calendar Calendar::For(absl::string_view authority_code, absl::string_view authority_kind) const {
  Calendar own = *this;
  own.own_.clear();
  for (const Exception& exception : exceptions()) {
    if (!Names(exception.authority_kinds, authority_kind)) continue;
    for (absl::CivilDay day : exception.days) own.own_[day] = &exception;
  }
  for (const Exception& exception : exceptions()) {
    if (!Names(exception.authorities, authority_code)) continue;
    for (absl::CivilDay day : exception.days) own.own_[day] = &exception;
  }
  return own;
}

const std::string& Calendar::version() const { return shared_->data.version; }

const std::string& Calendar::sha256() const { return shared_->data.sha256; }

const std::string& Calendar::archive() const { return shared_->data.archive; }

const std::vector<Exception>& Calendar::exceptions() const { return shared_->data.exceptions; }

const YearCalendar* Calendar::YearOf(absl::CivilDay day) const {
  const auto at = shared_->years.find(static_cast<int>(day.year()));
  return at == shared_->years.end() ? nullptr : &at->second;
}

const std::string* Calendar::HolidayName(absl::CivilDay day) const {
  const YearCalendar* year = YearOf(day);
  return FindDay(year == nullptr ? shared_->data.statutory : year->holidays, day);
}

const std::string* Calendar::MakeupName(absl::CivilDay day) const {
  const YearCalendar* year = YearOf(day);
  return year == nullptr ? nullptr : FindDay(year->makeups, day);
}

bool Calendar::IsProvisional(absl::CivilDay day) const { return YearOf(day) == nullptr; }

bool Calendar::IsPublicWorkingDay(absl::CivilDay day) const {
  if (HolidayName(day) != nullptr) return false;
  return !IsWeekend(day) || MakeupName(day) != nullptr;
}

const Exception* Calendar::ExceptionOn(absl::CivilDay day) const {
  const auto at = own_.find(day);
  if (at == own_.end() || at->second->working == IsPublicWorkingDay(day)) return nullptr;
  return at->second;
}

bool Calendar::IsWorkingDay(absl::CivilDay day) const {
  return IsPublicWorkingDay(day) != (ExceptionOn(day) != nullptr);
}

bool Calendar::Visit(absl::CivilDay day, Due& due) const {
  due.provisional |= IsProvisional(day);
  if (const Exception* exception = ExceptionOn(day)) {
    due.exceptions.push_back({day, exception->working, exception->name});
    return exception->working;
  }
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
