#include "services/intake/drivers/timeline_feed.h"

#include <utility>

namespace xiufu::intake {
namespace {

constexpr int kAtOnce = 100;

}  // namespace

void TimelineFeed::Refill(const Read& read) {
  int64_t position;
  {
    absl::MutexLock lock(&mutex_);
    if (sink_ == nullptr || ended_) return;
    if (sending_) {
      refill_ = true;
      return;
    }
    position = position_;
  }
  absl::StatusOr<TimelineBatch> batch = read(application_, position, kAtOnce);
  absl::MutexLock lock(&mutex_);
  if (sink_ == nullptr || ended_) return;
  if (batch.ok()) {
    Take(*std::move(batch));
  } else {
    ended_ = true;
    end_ = batch.status();
  }
  Go();
}

void TimelineFeed::Take(TimelineBatch batch) {
  for (TimelineEntry& entry : batch.entries) {
    position_ = entry.position;
    queue_.push_back(std::move(entry));
  }
  refill_ = batch.more;
  ended_ = batch.ended;
}

bool TimelineFeed::OnSent(bool ok) {
  absl::MutexLock lock(&mutex_);
  sending_ = false;
  if (!ok && !ended_) {
    ended_ = true;
    end_ = absl::CancelledError("the watcher is gone");
  }
  if (!ok) queue_.clear();
  Go();
  if (sink_ == nullptr || sending_) return false;
  return std::exchange(refill_, false);
}

void TimelineFeed::End(const absl::Status& status) {
  absl::MutexLock lock(&mutex_);
  if (sink_ == nullptr) return;
  ended_ = true;
  end_ = status;
  queue_.clear();
  if (!sending_) FinishWith(end_);
}

void TimelineFeed::Go() {
  if (sink_ == nullptr || sending_) return;
  if (!queue_.empty()) {
    sending_ = true;
    const TimelineEntry entry = std::move(queue_.front());
    queue_.pop_front();
    sink_->Send(entry);
  } else if (ended_) {
    FinishWith(end_);
  }
}

void TimelineFeed::FinishWith(const absl::Status& status) {
  std::exchange(sink_, nullptr)->Finish(status);
}

}  // namespace xiufu::intake
