#include "libs/messaging/backoff.h"

#include <algorithm>
#include <random>

namespace xiufu::messaging {

absl::Duration FullJitter(absl::Duration min, absl::Duration max, int failures,
                          const Jitter& jitter) {
  const int doublings = std::clamp(failures - 1, 0, 30);
  const absl::Duration ceiling = std::min(max, min * (int64_t{1} << doublings));
  return min + (ceiling - min) * jitter();
}

Jitter RandomJitter() {
  return [engine = std::mt19937_64(std::random_device()())]() mutable {
    return std::uniform_real_distribution<double>()(engine);
  };
}

}  // namespace xiufu::messaging
