#include "libs/service/careful_start.h"

#include <limits>
#include <utility>

#include "libs/storage/inbox.h"

namespace xiufu::service {

// Commits "this event is about to be handled".
class CarefulStart::AttemptUnit : public storage::WriteUnit {
 public:
  AttemptUnit(CarefulStart* owner, const messaging::EncodedEvent* event)
      : owner_(owner), event_(event) {}
  void Apply(storage::Tx& tx) override { begun_ = tx.inbox().BeginAttempt(tx, event_->envelope); }
  void Settled(const absl::Status& status) override { owner_->OnAttempted(begun_, status); }

 private:
  CarefulStart* const owner_;
  const messaging::EncodedEvent* const event_;
  int begun_ = 0;
};

// The event itself, closing its group so that nothing else shares its transaction after it.
class CarefulStart::EventUnit : public storage::WriteUnit {
 public:
  EventUnit(CarefulStart* owner, const messaging::EncodedEvent* event, absl::Time now, bool park)
      : owner_(owner), event_(event), now_(now), park_(park) {}
  void Apply(storage::Tx& tx) override {
    Dispatcher* dispatcher = owner_->dispatcher_;
    if (!park_) {
      dispatcher->TakeEvent(*event_, now_, tx);
    } else if (dispatcher->ClaimedNow(*event_, now_, tx)) {
      dispatcher->parts_.handling->Park(*event_, now_, "the process died handling it, three times",
                                        tx);
    }
    tx.inbox().EndAttempt(tx, event_->envelope);
  }
  void Settled(const absl::Status& status) override { owner_->OnTaken(status); }
  size_t Weight() const override { return std::numeric_limits<size_t>::max() / 2; }

 private:
  CarefulStart* const owner_;
  const messaging::EncodedEvent* const event_;
  const absl::Time now_;
  const bool park_;
};

bool CarefulStart::Takes(std::shared_ptr<const Batch>& batch, Dispatcher::Settled& settled) {
  bool idle;
  {
    absl::MutexLock lock(&mutex_);
    idle = queue_.empty();
    if (idle && left_ <= 0) return false;
    auto waiting = std::make_unique<Waiting>();
    waiting->batch = std::move(batch);
    waiting->settled = std::move(settled);
    queue_.push_back(std::move(waiting));
  }
  if (idle) Step();
  return true;
}

void CarefulStart::Step() {
  std::shared_ptr<Batch> rest;
  const messaging::EncodedEvent* event = nullptr;
  {
    absl::MutexLock lock(&mutex_);
    Waiting& front = *queue_.front();
    // Poison needs no care, but its batch is answered once: it goes with the rest, when the events
    // are through.
    if (left_ > 0 && front.next < front.batch->events.size()) {
      event = &front.batch->events[front.next];
    } else {
      rest = std::make_shared<Batch>();
      rest->now = front.batch->now;
      rest->poison = front.batch->poison;
      rest->events.assign(front.batch->events.begin() + static_cast<int64_t>(front.next),
                          front.batch->events.end());
    }
  }
  if (event != nullptr) {
    dispatcher_->parts_.database->Submit(std::make_unique<AttemptUnit>(this, event));
  } else {
    dispatcher_->Submit(std::move(rest), [this](const absl::Status& status) { Finish(status); });
  }
}

void CarefulStart::OnAttempted(int begun, const absl::Status& status) {
  if (!status.ok()) return Finish(status);
  const messaging::EncodedEvent* event;
  absl::Time now;
  {
    absl::MutexLock lock(&mutex_);
    Waiting& front = *queue_.front();
    event = &front.batch->events[front.next];
    now = front.batch->now;
  }
  dispatcher_->parts_.database->Submit(
      std::make_unique<EventUnit>(this, event, now, begun > kDeaths));
}

void CarefulStart::OnTaken(const absl::Status& status) {
  if (!status.ok()) return Finish(status);
  {
    absl::MutexLock lock(&mutex_);
    ++queue_.front()->next;
    --left_;
  }
  Step();
}

void CarefulStart::Finish(const absl::Status& status) {
  Dispatcher::Settled settled;
  bool more;
  {
    absl::MutexLock lock(&mutex_);
    settled = std::move(queue_.front()->settled);
    queue_.pop_front();
    more = !queue_.empty();
  }
  settled(status);
  if (more) Step();
}

}  // namespace xiufu::service
