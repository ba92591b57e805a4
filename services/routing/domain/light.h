#pragma once

#include "absl/time/time.h"
#include "libs/calendar/calendar.h"
#include "libs/catalogue/supervision.h"
#include "services/routing/domain/deadline.h"

namespace xiufu::routing {

// Numbers of xiufu.routing.v1.Light; stored.
enum class Light { kGreen = 1, kYellow = 2, kRed = 3 };

// From when the light is yellow: the reminder's day, but not before the clock runs.
absl::Time WarnAt(const DeadlineReceipt& receipt, const catalogue::Reminder& reminder,
                  const calendar::Calendar& calendar);
// When a missed deadline has been so for that many working days.
absl::Time EscalateAt(const DeadlineReceipt& receipt, const catalogue::EscalationStep& step,
                      const calendar::Calendar& calendar);
// Of a clock that runs; `reminder` may be nullptr.
Light LightOf(const DeadlineReceipt& receipt, const catalogue::Reminder* reminder,
              const calendar::Calendar& calendar, absl::Time now);

// Whose a clock is.
enum class ClockOwner { kApplicant = 1, kAuthority = 2, kSuite = 3 };
ClockOwner OwnerOf(absl::string_view deadline_kind);

}  // namespace xiufu::routing
