#pragma once

#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/clock.h"
#include "libs/storage/database.h"

namespace xiufu::service {

// The slow backstop: offers held batches again about once a second, and prunes outbox rows that are
// over 30 days old and that every consumer has.
class Housekeeping {
 public:
  Housekeeping(storage::Database* database, const Clock* clock, std::function<void()> tick);
  ~Housekeeping();
  void Start();
  void Stop();

 private:
  void Loop();
  void Prune();

  storage::Database* const database_;
  const Clock* const clock_;
  const std::function<void()> tick_;
  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace xiufu::service
