#pragma once

#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace xiufu::service {

// Streams that contradict what this store took before (wrong predecessor, a mark above the
// producer's head). Nothing more is taken from one until a person has looked and restarted the
// service; other streams go on. Thread-safe.
class StoppedStreams {
 public:
  // True the first time, so that the alarm sounds once.
  bool Stop(const std::string& stream, const std::string& reason) {
    absl::MutexLock lock(&mutex_);
    return reasons_.emplace(stream, reason).second;
  }
  bool Contains(absl::string_view stream) const {
    absl::MutexLock lock(&mutex_);
    return !reasons_.empty() && reasons_.contains(std::string(stream));
  }
  std::map<std::string, std::string> All() const {
    absl::MutexLock lock(&mutex_);
    return reasons_;
  }

 private:
  mutable absl::Mutex mutex_;
  std::map<std::string, std::string> reasons_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu::service
