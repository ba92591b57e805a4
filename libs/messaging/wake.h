#pragma once

#include <atomic>

namespace xiufu::messaging {

// Wakes a thread that waits in ppoll. An eventfd that is written once until it is taken.
class Wake {
 public:
  Wake();
  ~Wake();
  Wake(const Wake&) = delete;
  Wake& operator=(const Wake&) = delete;

  int fd() const { return fd_; }
  void Signal();  // any thread
  void Take();    // the woken thread, before it looks at what it was woken for

 private:
  const int fd_;
  std::atomic<bool> signalled_{false};
};

}  // namespace xiufu::messaging
