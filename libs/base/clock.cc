#include "libs/base/clock.h"

namespace xiufu {

absl::TimeZone ShanghaiZone() {
  // Fixed: no zone database is needed, and the daylight saving of 1986-1991 is before any record.
  static const absl::TimeZone zone = absl::FixedTimeZone(8 * 60 * 60);
  return zone;
}

}  // namespace xiufu
