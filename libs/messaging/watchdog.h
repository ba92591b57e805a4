#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"

namespace xiufu::messaging {

// One per process, shared by all its connections. Frees a connection that is stuck on its socket
// (inside a blocking library call, or with bytes that the peer does not take) by shutdown(2), the
// only thing that may be done to a socket from another thread. Sleeps while no connection is in a
// call.
class Watchdog {
 public:
  explicit Watchdog(const Clock* clock);
  ~Watchdog();  // every Watch must be gone
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  // One connection's entry. Used by the connection's thread alone.
  class Watch {
   public:
    Watch(Watchdog* owner, int fd, absl::Duration limit);
    ~Watch();  // before the descriptor is closed, so that a reused number is never shut down
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    void Enter();     // from now on progress is expected
    void Progress();  // some was made
    void Leave();     // nothing is expected

   private:
    Watchdog* const owner_;
    const uint64_t key_;
  };

 private:
  struct Entry {
    int fd = -1;
    absl::Duration limit;
    absl::Duration last_progress;
    bool in_call = false;
  };

  void Run();
  absl::Duration ShutDownOverdue() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Clock* const clock_;
  absl::Mutex mutex_;
  absl::CondVar changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  uint64_t next_key_ ABSL_GUARDED_BY(mutex_) = 1;
  std::map<uint64_t, Entry> entries_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace xiufu::messaging
