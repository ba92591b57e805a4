#pragma once

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace xiufu::messaging {

// Lets Close() end a connection set-up that is inside a blocking library call.
class Interrupt {
 public:
  // Any thread, once: shuts down the socket in use, if any, and every one that comes.
  void Fire() ABSL_LOCKS_EXCLUDED(mutex_);
  bool fired() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Holds a descriptor for as long as it is used in blocking calls.
  class Scope {
   public:
    Scope(Interrupt* owner, int fd);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Interrupt* const owner_;
  };

 private:
  mutable absl::Mutex mutex_;
  bool fired_ ABSL_GUARDED_BY(mutex_) = false;
  int fd_ ABSL_GUARDED_BY(mutex_) = -1;
};

}  // namespace xiufu::messaging
