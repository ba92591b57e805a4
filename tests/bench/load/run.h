#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "tests/bench/load/target.h"

namespace xiufu::bench {

struct Throughput {
  double seconds = 0;  // from the first submit to the last final state seen in the store
  double per_second = 0;
  double p50_ms = 0;  // submit to final state; mostly queueing at this load
  double p99_ms = 0;
};

// Closed loop: `window` applications under way, `count` in all, beginning with number `first`.
absl::StatusOr<Throughput> RunWindow(Target& target, const std::string& store, size_t first,
                                     size_t count, size_t window);

// One at a time; the median in milliseconds.
absl::StatusOr<double> RunLonely(Target& target, const std::string& store, size_t first,
                                 size_t count);

}  // namespace xiufu::bench
