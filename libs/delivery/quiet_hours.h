#pragma once

#include "absl/time/time.h"

namespace xiufu::delivery {

// A part of every day, Asia/Shanghai, in which nobody is to be disturbed. May go over midnight;
// none where both ends are the same.
struct QuietHours {
  int from_minute = 0;  // of the day, 0 to 1439
  int until_minute = 0;
};

// `time`, or the end of the quiet hours that it lies in.
absl::Time OutsideOf(const QuietHours& quiet, absl::Time time);

}  // namespace xiufu::delivery
