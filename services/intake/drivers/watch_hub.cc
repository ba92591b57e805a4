#include "services/intake/drivers/watch_hub.h"

#include <utility>

namespace xiufu::intake {

void WatchHub::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void WatchHub::Stop() {
  std::vector<Feed> feeds;
  {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
    for (const auto& [application, watching] : by_application_) {
      feeds.insert(feeds.end(), watching.begin(), watching.end());
    }
  }
  if (thread_.joinable()) thread_.join();
  for (const Feed& feed : feeds) {
    feed->End(
        absl::UnavailableError("the service is stopping: watch again from the last position"));
  }
}

absl::Status WatchHub::Watch(const Feed& feed) {
  absl::MutexLock lock(&mutex_);
  if (stopped_) return absl::UnavailableError("the service is stopping");
  if (count_ >= kMostWatchers) return absl::ResourceExhaustedError("too many watchers");
  if (by_application_[feed->application()].insert(feed).second) ++count_;
  Enqueue(feed);
  return absl::OkStatus();
}

void WatchHub::Sent(const Feed& feed, bool ok) {
  if (!feed->OnSent(ok)) return;
  absl::MutexLock lock(&mutex_);
  Enqueue(feed);
}

void WatchHub::Forget(const Feed& feed) {
  absl::MutexLock lock(&mutex_);
  const auto watching = by_application_.find(feed->application());
  if (watching == by_application_.end() || watching->second.erase(feed) == 0) return;
  --count_;
  if (watching->second.empty()) by_application_.erase(watching);
}

size_t WatchHub::watchers() const {
  absl::MutexLock lock(&mutex_);
  return count_;
}

void WatchHub::OnAppending(const Id& application) { appending_.push_back(application); }

void WatchHub::OnCommitted(storage::Committed& /*committed*/) {
  if (appending_.empty()) return;
  absl::MutexLock lock(&mutex_);
  for (const Id& application : appending_) {
    const auto watching = by_application_.find(application);
    if (watching == by_application_.end()) continue;
    for (const Feed& feed : watching->second) Enqueue(feed);
  }
  appending_.clear();
}

void WatchHub::RunPending() {
  while (Feed feed = Next(false)) feed->Refill(read_);
}

void WatchHub::Enqueue(const Feed& feed) {
  if (queued_.insert(feed).second) queue_.push_back(feed);
}

void WatchHub::Loop() {
  while (Feed feed = Next(true)) feed->Refill(read_);
}

WatchHub::Feed WatchHub::Next(bool wait) {
  absl::MutexLock lock(&mutex_);
  auto ready = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopped_ || !queue_.empty(); };
  if (wait) mutex_.Await(absl::Condition(&ready));
  if (stopped_ || queue_.empty()) return nullptr;
  Feed feed = std::move(queue_.front());
  queue_.pop_front();
  queued_.erase(feed);
  return feed;
}

}  // namespace xiufu::intake
