#include "libs/messaging/watchdog.h"

#include <pthread.h>
#include <sys/socket.h>

#include <algorithm>

#include "libs/observability/log.h"

namespace xiufu::messaging {

Watchdog::Watchdog(const Clock* clock) : clock_(clock), thread_([this] { Run(); }) {}

Watchdog::~Watchdog() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    changed_.Signal();
  }
  thread_.join();
}

void Watchdog::Run() {
  pthread_setname_np(pthread_self(), "mq-watchdog");
  absl::MutexLock lock(&mutex_);
  while (!stopping_) changed_.WaitWithTimeout(&mutex_, ShutDownOverdue());
}

absl::Duration Watchdog::ShutDownOverdue() {
  const absl::Duration now = clock_->Monotonic();
  absl::Duration wait = absl::InfiniteDuration();
  for (auto& [key, entry] : entries_) {
    if (!entry.in_call) continue;
    const absl::Duration left = entry.last_progress + entry.limit - now;
    if (left > absl::ZeroDuration()) {
      wait = std::min(wait, left);
      continue;
    }
    observability::Log(observability::Level::kWarning, "broker_connection_stuck",
                       {{"limit_ms", entry.limit}});
    shutdown(entry.fd, SHUT_RDWR);
    entry.in_call = false;
  }
  return wait;
}

Watchdog::Watch::Watch(Watchdog* owner, int fd, absl::Duration limit)
    : owner_(owner), key_([&] {
        absl::MutexLock lock(&owner->mutex_);
        return owner->next_key_++;
      }()) {
  absl::MutexLock lock(&owner_->mutex_);
  owner_->entries_[key_] = Entry{fd, limit, absl::ZeroDuration(), false};
}

Watchdog::Watch::~Watch() {
  absl::MutexLock lock(&owner_->mutex_);
  owner_->entries_.erase(key_);
}

void Watchdog::Watch::Enter() {
  absl::MutexLock lock(&owner_->mutex_);
  Entry& entry = owner_->entries_[key_];
  if (entry.in_call) return;
  entry.in_call = true;
  entry.last_progress = owner_->clock_->Monotonic();
  owner_->changed_.Signal();
}

void Watchdog::Watch::Progress() {
  absl::MutexLock lock(&owner_->mutex_);
  owner_->entries_[key_].last_progress = owner_->clock_->Monotonic();
}

void Watchdog::Watch::Leave() {
  absl::MutexLock lock(&owner_->mutex_);
  owner_->entries_[key_].in_call = false;
}

}  // namespace xiufu::messaging
