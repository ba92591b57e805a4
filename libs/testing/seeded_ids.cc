#include "libs/testing/seeded_ids.h"

#include "libs/base/query_code.h"

namespace xiufu {

Id SeededIds::NewV7(absl::Time now) {
  absl::MutexLock lock(&mutex_);
  const uint64_t high = random_();
  return sequence_.Next(now, high, random_());
}

std::string SeededIds::NewQueryCode(size_t length) {
  absl::MutexLock lock(&mutex_);
  return MakeQueryCode(
      length, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return static_cast<uint8_t>(random_()); });
}

}  // namespace xiufu
