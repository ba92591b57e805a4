#pragma once

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/messaging/broker_options.h"
#include "libs/messaging/wake.h"

namespace xiufu::messaging {

// When to try the broker again: at once (0.1 s) after a connection that lasted, later and later (to
// 2 s, full jitter) after ones that did not.
class Reconnect {
 public:
  Reconnect(const Clock* clock, const Jitter& jitter) : clock_(clock), jitter_(jitter) {}

  void Begin() { began_ = clock_->Monotonic(); }
  // The attempt begun last has ended: how long to wait now.
  absl::Duration Failed();

 private:
  const Clock* const clock_;
  const Jitter& jitter_;
  absl::Duration began_;
  int failures_ = 0;
};

// Sleeps for `wait`, or until `done` once `wake` is signalled.
void WaitFor(absl::Duration wait, const Clock* clock, Wake* wake, absl::FunctionRef<bool()> done);

}  // namespace xiufu::messaging
