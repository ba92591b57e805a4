#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/time/clock.h"
#include "libs/base/system_clock.h"

// The other body of SystemClock: programs of the crash tests link it in place of the one in
// libs/base. The file that XIUFU_CLOCK_SHIFT names holds by how many seconds the wall clock is set
// otherwise, and may change at any time; what is waited for is measured as ever.
namespace xiufu {
namespace {

absl::Duration Shift() {
  static const char* const path = getenv("XIUFU_CLOCK_SHIFT");
  if (path == nullptr) return absl::ZeroDuration();
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return absl::ZeroDuration();
  char text[32] = {};
  const ssize_t bytes = read(file, text, sizeof(text) - 1);
  close(file);
  return absl::Seconds(bytes > 0 ? strtod(text, nullptr) : 0);
}

}  // namespace

absl::Time SystemClock::Now() const { return absl::Now() + Shift(); }

absl::Duration SystemClock::Monotonic() const {
  timespec ts{};
  clock_gettime(CLOCK_MONOTONIC, &ts);
  return absl::DurationFromTimespec(ts);
}

}  // namespace xiufu
