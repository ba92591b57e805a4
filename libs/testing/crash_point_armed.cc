#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>

#include "libs/base/crash_point.h"

namespace xiufu {
namespace {

struct Armed {
  char name[64] = {};
  int countdown_from = 0;  // 0: not armed
};

Armed ReadEnvironment() {
  Armed armed;
  const char* spec = getenv("XIUFU_CRASH_AT");
  const char* colon = spec == nullptr ? nullptr : strrchr(spec, ':');
  if (colon == nullptr || static_cast<size_t>(colon - spec) >= sizeof(armed.name)) return armed;
  memcpy(armed.name, spec, static_cast<size_t>(colon - spec));
  armed.countdown_from = atoi(colon + 1);
  return armed;
}

}  // namespace

void CrashPoint(const char* name) {
  static const Armed armed = ReadEnvironment();
  static std::atomic<int> passed{0};
  if (armed.countdown_from == 0 || strcmp(name, armed.name) != 0) return;
  // SIGKILL, not abort: nothing may run after this moment, as with a power cut to the process.
  if (passed.fetch_add(1) + 1 == armed.countdown_from) kill(getpid(), SIGKILL);
}

}  // namespace xiufu
