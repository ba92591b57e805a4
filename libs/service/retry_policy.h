#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace xiufu::service {

// Whether a failure may become better by itself: something it needs may come, or the other side may
// recover. Any other failure is for good.
bool MayPass(const absl::Status& failure);

// What to do with an event or job whose handling failed. Pure.
struct RetryDecision {
  enum class Kind { kRetry, kPark };
  Kind kind = Kind::kPark;
  absl::Duration after;
};

struct RetryPolicy {
  int max_attempts = 22;  // with the delays below: about a day
  absl::Duration first_delay = absl::Milliseconds(200);
  absl::Duration longest_delay = absl::Hours(4);

  // `attempts` counts the failed ones, from 1. `jitter` in [0,1) comes from outside; the delay
  // doubles and is stretched by up to a quarter.
  RetryDecision Decide(const absl::Status& failure, int attempts, double jitter) const;
};

}  // namespace xiufu::service
