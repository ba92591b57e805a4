#include "libs/service/due_pump.h"

#include <algorithm>

#include "absl/synchronization/notification.h"

namespace xiufu::service {

DuePump::DuePump(DueWork* work, const Clock* clock) : work_(work), clock_(clock) {}

DuePump::~DuePump() { Stop(); }

void DuePump::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void DuePump::Wake() {
  absl::MutexLock lock(&mutex_);
  woken_ = true;
}

void DuePump::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void DuePump::Loop() {
  auto woken = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return woken_ || stopping_; };
  while (true) {
    const absl::Duration until_due = work_->NextDue() - clock_->Now();
    {
      absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithTimeout(
          absl::Condition(&woken),
          std::clamp(until_due, absl::ZeroDuration(), absl::Duration(absl::Seconds(10))));
      if (stopping_) return;
      woken_ = false;
    }
    if (work_->NextDue() <= clock_->Now()) RunOnce();
  }
}

void DuePump::RunOnce() {
  absl::Notification done;
  absl::Status status;
  work_->Submit([&](const absl::Status& settled) {
    status = settled;
    done.Notify();
  });
  done.WaitForNotification();
  if (status.ok()) return;
  // The store takes nothing now (disk full): not again at once.
  auto stopping = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return stopping_; };
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(&stopping), absl::Seconds(1));
}

}  // namespace xiufu::service
