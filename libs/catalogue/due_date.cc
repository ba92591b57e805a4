#include "libs/catalogue/due_date.h"

namespace xiufu::catalogue {

calendar::Due DueDate(const Deadline& deadline, absl::CivilDay start,
                      const calendar::Calendar& calendar) {
  if (deadline.day_kind == DayKind::kCalendar) return calendar.OnOrAfter(start + deadline.days);
  return calendar.AddWorkingDays(start, deadline.days);
}

}  // namespace xiufu::catalogue
