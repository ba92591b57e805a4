#pragma once

#include <functional>
#include <map>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace xiufu {

// Cuts calls to the outside short when the process stops: nobody who is asked to end waits for
// somebody who does not answer. Thread-safe.
class Interruption {
 public:
  // A call that is under way. `cancel` runs at most once, on the thread that stops, or at once when
  // it was stopped before; never after the Call is gone.
  class Call {
   public:
    Call(Interruption* interruption, std::function<void()> cancel);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    Interruption* const interruption_;  // nullptr: never cut short
  };

  // Cancels what is under way and all that comes. Idempotent.
  void Stop();
  bool stopped() const;

 private:
  mutable absl::Mutex mutex_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<const Call*, std::function<void()>> calls_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu
