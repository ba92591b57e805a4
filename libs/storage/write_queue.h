#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/storage/database.h"

namespace xiufu::storage {

// What waits for the writer, in the order it came. Any thread pushes, the writer takes.
class WriteQueue {
 public:
  struct Entry {
    std::unique_ptr<WriteUnit> unit;
    bool may_be_refused =
        false;  // a client's write; deliveries are bounded by what the broker hands out
  };
  struct Taken {
    std::vector<Entry> waiting;
    std::vector<Entry> refused;  // too many waited when they came
    bool closed = false;
  };

  explicit WriteQueue(size_t max_waiting) : max_waiting_(max_waiting) {}

  // False when the queue is closed; the entry is then untouched.
  bool Push(Entry& entry);
  // All there is; waits for something, but not longer than `timeout` and not when closed.
  Taken Take(absl::Duration timeout);
  // So many of those taken are answered.
  void Answered(size_t count);
  void Close();

 private:
  const size_t max_waiting_;
  absl::Mutex mutex_;
  absl::CondVar something_;
  bool asleep_ ABSL_GUARDED_BY(mutex_) = false;
  Taken now_ ABSL_GUARDED_BY(mutex_);
  size_t unanswered_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace xiufu::storage
