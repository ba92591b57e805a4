#pragma once

#include <algorithm>

#include "absl/time/time.h"

namespace xiufu::service {

// A circuit breaker for one destination. Pure: times come from a monotonic clock and are passed in.
// After `kThreshold` failures in a row the destination rests, 1 s at first, twice as long with
// every further failure, at most a minute; then calls go out again, and the first success closes
// it.
class Breaker {
 public:
  static constexpr int kThreshold = 5;

  bool Open(absl::Duration now) const { return now < open_until_; }
  absl::Duration open_until() const { return open_until_; }
  // The latest call failed.
  bool failing() const { return failures_ > 0; }

  void Succeeded() {
    failures_ = 0;
    open_until_ = absl::ZeroDuration();
  }
  void Failed(absl::Duration now) {
    if (++failures_ < kThreshold) return;
    const int doublings = std::min(failures_ - kThreshold, 6);
    open_until_ = now + std::min(absl::Seconds(1) * (1 << doublings), absl::Minutes(1));
  }

 private:
  int failures_ = 0;
  absl::Duration open_until_;
};

}  // namespace xiufu::service
