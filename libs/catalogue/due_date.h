#pragma once

#include "absl/time/civil_time.h"
#include "libs/calendar/calendar.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

// The last day of a deadline whose start event happened on `start`. Working days are counted as
// such; of calendar days the last one moves to the next working day when it is none (民法典 203).
calendar::Due DueDate(const Deadline& deadline, absl::CivilDay start,
                      const calendar::Calendar& calendar);

}  // namespace xiufu::catalogue
