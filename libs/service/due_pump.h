#pragma once

#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/clock.h"
#include "libs/service/due_work.h"

namespace xiufu::service {

// Runs due work when it is due: sleeps until the next due time, is woken by commits that set an
// earlier one, and looks again every ten seconds in case the clock was set.
class DuePump {
 public:
  DuePump(DueWork* work, const Clock* clock);
  ~DuePump();
  void Start();
  void Wake();  // any thread, also the writer
  void Stop();

 private:
  void Loop();
  void RunOnce();

  DueWork* const work_;
  const Clock* const clock_;
  absl::Mutex mutex_;
  bool woken_ ABSL_GUARDED_BY(mutex_) = true;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace xiufu::service
