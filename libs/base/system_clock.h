#pragma once

#include "libs/base/clock.h"

namespace xiufu {

// The machine's clocks. Only main.cc makes one. Thread-safe.
class SystemClock final : public Clock {
 public:
  absl::Time Now() const override;
  absl::Duration Monotonic() const override;  // CLOCK_MONOTONIC
};

}  // namespace xiufu
