#include "libs/messaging/wake.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

#include "libs/observability/log.h"

namespace xiufu::messaging {

Wake::Wake() : fd_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (fd_ >= 0) return;
  observability::Log(observability::Level::kError, "no_eventfd");
  std::abort();
}

Wake::~Wake() { close(fd_); }

void Wake::Signal() {
  if (signalled_.exchange(true)) return;
  const uint64_t one = 1;
  // Fails only when the counter is full, and then the thread is awake.
  [[maybe_unused]] const ssize_t written = write(fd_, &one, sizeof(one));
}

void Wake::Take() {
  signalled_.store(false);
  uint64_t count = 0;
  // Nothing to read means that nobody signalled.
  [[maybe_unused]] const ssize_t got = read(fd_, &count, sizeof(count));
}

}  // namespace xiufu::messaging
