#pragma once

#include <cstdint>

#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu {

// Makes UUIDv7s that ascend strictly, also within one millisecond and when the clock goes back a
// little (up to 10 s; after a longer jump the clock is followed). Chance is handed in. Not
// thread-safe.
class V7Sequence {
 public:
  // `high` and `low` are 64 random bits each.
  Id Next(absl::Time now, uint64_t high, uint64_t low);

 private:
  int64_t millis_ = -1;
  uint64_t high12_ = 0;
  uint64_t low62_ = 0;
};

}  // namespace xiufu
