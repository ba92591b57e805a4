#include "libs/service/dispatcher.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/crash_point.h"
#include "libs/service/careful_start.h"
#include "libs/storage/inbox.h"

namespace xiufu::service {

class Dispatcher::Unit : public storage::WriteUnit {
 public:
  Unit(Dispatcher* owner, std::shared_ptr<const Batch> batch, Dispatcher::Settled settled)
      : owner_(owner), batch_(std::move(batch)), settled_(std::move(settled)) {}
  void Apply(storage::Tx& tx) override { owner_->Apply(*batch_, tx); }
  void Settled(const absl::Status& status) override { settled_(status); }
  size_t Weight() const override {
    return std::max<size_t>(1, batch_->events.size() + batch_->poison.size());
  }

 private:
  Dispatcher* const owner_;
  const std::shared_ptr<const Batch> batch_;
  Dispatcher::Settled settled_;
};

Dispatcher::Dispatcher(Parts parts) : parts_(std::move(parts)) {
  if (parts_.database->unclean_start()) careful_ = std::make_unique<CarefulStart>(this);
}

Dispatcher::~Dispatcher() = default;

void Dispatcher::Offer(std::shared_ptr<const Batch> batch, Settled settled) {
  if (careful_ != nullptr && careful_->Takes(batch, settled)) return;
  Submit(std::move(batch), std::move(settled));
}

void Dispatcher::Submit(std::shared_ptr<const Batch> batch, Settled settled) {
  parts_.database->Submit(std::make_unique<Unit>(this, std::move(batch), std::move(settled)));
}

void Dispatcher::Apply(const Batch& batch, storage::Tx& tx) {
  for (const Batch::Poison& poison : batch.poison) {
    tx.inbox().KeepPoison(tx, parts_.subscription->queue, poison.reason, poison.raw,
                          poison.full_size, batch.now);
  }
  for (const messaging::EncodedEvent& event : batch.events) {
    if (!tx.status().ok()) return;  // the group is lost; the owner is told by Settled
    TakeEvent(event, batch.now, tx);
  }
}

void Dispatcher::TakeEvent(const messaging::EncodedEvent& event, absl::Time now, storage::Tx& tx) {
  if (!ClaimedNow(event, now, tx)) return;
  parts_.handling->TakeNew(event, now, tx);
  CrashPoint("dispatcher.after_handler");
  TakeHeldAfter(event.envelope, now, tx);
}

void Dispatcher::TakeHeldAfter(const messaging::Envelope& taken, absl::Time now, storage::Tx& tx) {
  int64_t next = taken.seq + 1;
  while (std::optional<messaging::EncodedEvent> held =
             held_.Take(taken.stream, taken.epoch, next)) {
    if (!tx.status().ok() || !ClaimedNow(*held, now, tx)) return;
    parts_.handling->TakeNew(*held, now, tx);
    ++next;
  }
}

bool Dispatcher::ClaimedNow(const messaging::EncodedEvent& event, absl::Time now, storage::Tx& tx) {
  const messaging::Envelope& envelope = event.envelope;
  if (!Subscribed(envelope.stream)) {
    tx.inbox().KeepPoison(tx, parts_.subscription->queue,
                          absl::StrCat("stream ", envelope.stream, " is not subscribed to"),
                          event.bytes, static_cast<int64_t>(event.bytes.size()), now);
    return false;
  }
  if (parts_.stopped->Contains(envelope.stream)) return false;
  storage::Claim claim = tx.inbox().TryClaim(tx, envelope, now);
  CrashPoint("dispatcher.after_claim");
  switch (claim) {
    case storage::Claim::kNew:
      return true;
    case storage::Claim::kAhead:
      held_.Hold(event);
      parts_.on_gap(envelope.stream);
      return false;
    case storage::Claim::kBroken: {
      std::string reason = absl::StrCat("wrong predecessor of ", envelope.epoch, "/", envelope.seq);
      if (parts_.stopped->Stop(envelope.stream, reason)) {
        parts_.on_stopped(envelope.stream, reason);
      }
      return false;
    }
    case storage::Claim::kDone:
    case storage::Claim::kStale:
      return false;
  }
  return false;
}

bool Dispatcher::Subscribed(const std::string& stream) const {
  return std::any_of(
      parts_.subscription->patterns.begin(), parts_.subscription->patterns.end(),
      [&](const std::string& pattern) { return messaging::StreamMatches(pattern, stream); });
}

}  // namespace xiufu::service
