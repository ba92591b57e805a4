#pragma once

#include "absl/synchronization/mutex.h"
#include "libs/base/clock.h"

namespace xiufu {

// A clock that stands still until a test moves it. Thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(absl::Time now) : now_(now) {}

  absl::Time Now() const override {
    absl::MutexLock lock(&mutex_);
    return now_;
  }
  absl::Duration Monotonic() const override {
    absl::MutexLock lock(&mutex_);
    return monotonic_;
  }
  // Time passes.
  void Advance(absl::Duration by) {
    absl::MutexLock lock(&mutex_);
    now_ += by;
    monotonic_ += by;
  }
  // Time passes until `time`; nothing happens when it is past.
  void AdvanceTo(absl::Time time) {
    absl::MutexLock lock(&mutex_);
    if (time <= now_) return;
    monotonic_ += time - now_;
    now_ = time;
  }
  // The wall clock is set, as by an operator or NTP; no time passes.
  void JumpTo(absl::Time time) {
    absl::MutexLock lock(&mutex_);
    now_ = time;
  }

 private:
  mutable absl::Mutex mutex_;
  absl::Time now_ ABSL_GUARDED_BY(mutex_);
  absl::Duration monotonic_ ABSL_GUARDED_BY(mutex_) = absl::ZeroDuration();
};

}  // namespace xiufu
