#include "libs/messaging/reconnect.h"

#include <poll.h>

#include <algorithm>

#include "libs/messaging/backoff.h"

namespace xiufu::messaging {
namespace {

constexpr absl::Duration kMinWait = absl::Milliseconds(100);
// A broker that comes back is the difference between standing still and going on, and its
// connections are tens, not thousands: nothing is gained by staying away longer.
constexpr absl::Duration kMaxWait = absl::Seconds(2);
constexpr absl::Duration kLasted = absl::Seconds(10);

}  // namespace

absl::Duration Reconnect::Failed() {
  if (clock_->Monotonic() - began_ >= kLasted) failures_ = 0;
  return FullJitter(kMinWait, kMaxWait, ++failures_, jitter_);
}

void WaitFor(absl::Duration wait, const Clock* clock, Wake* wake, absl::FunctionRef<bool()> done) {
  const absl::Duration end = clock->Monotonic() + wait;
  for (absl::Duration now = clock->Monotonic(); now < end && !done(); now = clock->Monotonic()) {
    const int64_t left_ms = absl::ToInt64Milliseconds(absl::Ceil(end - now, absl::Milliseconds(1)));
    pollfd fd = {wake->fd(), POLLIN, 0};
    if (poll(&fd, 1, static_cast<int>(left_ms)) > 0) wake->Take();
  }
}

}  // namespace xiufu::messaging
