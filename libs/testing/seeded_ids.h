#pragma once

#include <random>

#include "absl/synchronization/mutex.h"
#include "libs/base/ids.h"
#include "libs/base/v7_sequence.h"

namespace xiufu {

// The same seed and the same calls give the same ids and codes. Thread-safe, but only calls in the
// same order repeat.
class SeededIds final : public Ids {
 public:
  explicit SeededIds(uint64_t seed) : random_(seed) {}

  Id NewV7(absl::Time now) override;
  std::string NewQueryCode(size_t length) override;

 private:
  absl::Mutex mutex_;
  std::mt19937_64 random_ ABSL_GUARDED_BY(mutex_);
  V7Sequence sequence_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu
