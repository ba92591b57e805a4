#pragma once

#include "absl/time/time.h"
#include "libs/messaging/broker_options.h"

namespace xiufu::messaging {

// How long to wait after the n-th failure in a row (n >= 1): uniform between `min` and min *
// 2^(n-1), at most `max`. The first wait is `min`; later ones are spread, so that many that failed
// together do not come back together.
absl::Duration FullJitter(absl::Duration min, absl::Duration max, int failures,
                          const Jitter& jitter);

}  // namespace xiufu::messaging
