#include "libs/storage/write_queue.h"

#include <utility>

namespace xiufu::storage {

bool WriteQueue::Push(Entry& entry) {
  absl::MutexLock lock(&mutex_);
  if (now_.closed) return false;
  if (entry.may_be_refused && unanswered_ >= max_waiting_) {
    now_.refused.push_back(std::move(entry));
  } else {
    ++unanswered_;
    now_.waiting.push_back(std::move(entry));
  }
  if (asleep_) something_.Signal();
  return true;
}

WriteQueue::Taken WriteQueue::Take(absl::Duration timeout) {
  const absl::Time until = absl::Now() + timeout;
  absl::MutexLock lock(&mutex_);
  asleep_ = true;
  while (now_.waiting.empty() && now_.refused.empty() && !now_.closed) {
    if (timeout == absl::ZeroDuration() || something_.WaitWithDeadline(&mutex_, until)) break;
  }
  asleep_ = false;
  Taken taken = std::move(now_);
  now_ = Taken();
  now_.closed = taken.closed;
  return taken;
}

void WriteQueue::Answered(size_t count) {
  absl::MutexLock lock(&mutex_);
  unanswered_ -= count;
}

void WriteQueue::Close() {
  absl::MutexLock lock(&mutex_);
  now_.closed = true;
  something_.SignalAll();
}

}  // namespace xiufu::storage
