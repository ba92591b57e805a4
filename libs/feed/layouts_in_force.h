#pragma once

#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "libs/feed/layout.h"

namespace xiufu::feed {

// The layouts in force in this process. Who reads a feed takes them once and holds them for all of
// it; meanwhile others may come into force. Thread-safe.
class LayoutsInForce {
 public:
  explicit LayoutsInForce(LayoutBook book) : book_(std::move(book)) {}

  LayoutBook Get() const {
    absl::MutexLock lock(&mutex_);
    return book_;
  }
  void Replace(LayoutBook book) {
    absl::MutexLock lock(&mutex_);
    book_ = std::move(book);
  }

 private:
  mutable absl::Mutex mutex_;
  LayoutBook book_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu::feed
