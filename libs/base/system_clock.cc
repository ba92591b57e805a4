#include "libs/base/system_clock.h"

#include <time.h>

#include "absl/time/clock.h"

namespace xiufu {

absl::Time SystemClock::Now() const { return absl::Now(); }

absl::Duration SystemClock::Monotonic() const {
  timespec ts{};
  clock_gettime(CLOCK_MONOTONIC, &ts);
  return absl::DurationFromTimespec(ts);
}

}  // namespace xiufu
