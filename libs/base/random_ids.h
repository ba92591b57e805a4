#pragma once

#include "absl/synchronization/mutex.h"
#include "libs/base/ids.h"
#include "libs/base/v7_sequence.h"

namespace xiufu {

// The kernel's randomness (getrandom). Ids of one process ascend strictly, see V7Sequence.
// Thread-safe.
class RandomIds final : public Ids {
 public:
  Id NewV7(absl::Time now) override;
  std::string NewQueryCode(size_t length) override;

 private:
  absl::Mutex mutex_;
  V7Sequence sequence_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu
