#pragma once

#include "absl/time/time.h"

namespace xiufu {

// Time as an input. Only main.cc supplies the real one; domain code is handed times, never a Clock.
// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  // UTC wall-clock: for what is recorded. May jump.
  virtual absl::Time Now() const = 0;
  // Never goes back: for measuring waits. Its zero is arbitrary.
  virtual absl::Duration Monotonic() const = 0;
};

// China Standard Time, UTC+8 without daylight saving: the zone of every legal date.
absl::TimeZone ShanghaiZone();

}  // namespace xiufu
