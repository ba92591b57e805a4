#include "libs/base/crash_point.h"

namespace xiufu {

void CrashPoint(const char* /*name*/) {}

}  // namespace xiufu
