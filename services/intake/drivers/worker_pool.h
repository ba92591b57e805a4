#pragma once

#include <deque>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"

namespace xiufu::intake {

// Threads for what blocks on the disk, away from gRPC's.
class WorkerPool {
 public:
  explicit WorkerPool(int threads);
  ~WorkerPool();

  // Runs `work` on a thread. False once stopped: it was not taken.
  bool Run(absl::AnyInvocable<void()> work);
  // Finishes what was taken. Idempotent.
  void Stop();

 private:
  void Loop();

  absl::Mutex mutex_;
  std::deque<absl::AnyInvocable<void()>> waiting_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace xiufu::intake
