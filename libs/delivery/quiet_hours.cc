#include "libs/delivery/quiet_hours.h"

#include "absl/time/civil_time.h"
#include "libs/base/legal_day.h"

namespace xiufu::delivery {

absl::Time OutsideOf(const QuietHours& quiet, absl::Time time) {
  const absl::CivilDay day = LegalDay(time);
  const absl::Time midnight = StartOfLegalDay(day);
  const absl::Time from = midnight + absl::Minutes(quiet.from_minute);
  const absl::Time until = midnight + absl::Minutes(quiet.until_minute);
  if (from <= until) return time >= from && time < until ? until : time;
  if (time < until) return until;
  return time >= from ? StartOfLegalDay(day + 1) + absl::Minutes(quiet.until_minute) : time;
}

}  // namespace xiufu::delivery
