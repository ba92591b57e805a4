#pragma once

#include <deque>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/clock.h"
#include "libs/service/job_desk.h"

namespace xiufu::service {

// Worker threads over a JobDesk: one thread leases, the others call. Woken by commits that add a
// job and by leases given back; nothing polls.
class JobRunner {
 public:
  JobRunner(JobDesk* desk, const Clock* clock, int workers);
  ~JobRunner();
  void Start();
  void Wake();  // any thread, also the writer
  // No new calls; waits for those under way, whose outcomes are submitted. Leased jobs not begun
  // stay in the store.
  void Stop();

 private:
  void LeaseLoop();
  void WorkLoop();

  JobDesk* const desk_;
  const Clock* const clock_;
  const int worker_count_;
  absl::Mutex mutex_;
  bool woken_ ABSL_GUARDED_BY(mutex_) = true;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<storage::Job> ready_ ABSL_GUARDED_BY(mutex_);
  std::thread leaser_;
  std::vector<std::thread> workers_;
};

}  // namespace xiufu::service
