#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "libs/service/dispatcher.h"

namespace xiufu::service {

// The way of the first events after an unclean stop: an attempt row is committed, then the event
// alone, then the next. An event that was begun three times and never finished is parked instead of
// tried.
class CarefulStart {
 public:
  static constexpr int64_t kEvents = 1000;
  static constexpr int kDeaths = 3;

  explicit CarefulStart(Dispatcher* dispatcher) : dispatcher_(dispatcher) {}

  // Takes the batch over while care is still due or earlier batches are under way; false: nothing
  // was moved from.
  bool Takes(std::shared_ptr<const Batch>& batch, Dispatcher::Settled& settled);

 private:
  class AttemptUnit;
  class EventUnit;
  struct Waiting {
    std::shared_ptr<const Batch> batch;
    Dispatcher::Settled settled;
    size_t next = 0;  // event to take
  };

  // On the writer or the offering thread; one step is under way at a time.
  void Step();
  void Finish(const absl::Status& status);
  void OnAttempted(int begun, const absl::Status& status);
  void OnTaken(const absl::Status& status);

  Dispatcher* const dispatcher_;
  absl::Mutex mutex_;
  std::deque<std::unique_ptr<Waiting>> queue_ ABSL_GUARDED_BY(mutex_);
  int64_t left_ ABSL_GUARDED_BY(mutex_) = kEvents;
};

}  // namespace xiufu::service
