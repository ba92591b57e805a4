#include "libs/service/receiver.h"

#include <utility>

#include "absl/status/statusor.h"
#include "libs/base/crash_point.h"
#include "libs/observability/log.h"

namespace xiufu::service {

using observability::Code;
using observability::Level;
using observability::Log;

Receiver::Receiver(Parts parts) : parts_(std::move(parts)) {}

void Receiver::OnDeliveries(std::vector<messaging::Delivery> deliveries) {
  const uint64_t generation = deliveries.back().generation;
  const uint64_t last_tag = deliveries.back().tag;
  std::shared_ptr<const Batch> batch = Parse(std::move(deliveries));
  uint64_t number;
  {
    absl::MutexLock lock(&mutex_);
    number = next_number_++;
    pending_.push_back({number, generation, last_tag, Pending::State::kOffered, batch});
  }
  OfferNumbered(number, std::move(batch));
}

std::shared_ptr<const Batch> Receiver::Parse(std::vector<messaging::Delivery> deliveries) const {
  auto batch = std::make_shared<Batch>();
  batch->now = parts_.clock->Now();
  for (messaging::Delivery& delivery : deliveries) {
    if (delivery.oversized) {
      batch->poison.push_back(
          {"larger than a message may be", "", static_cast<int64_t>(delivery.body_size)});
      continue;
    }
    absl::StatusOr<std::vector<messaging::EncodedEvent>> run = messaging::DecodeRun(delivery.body);
    if (!run.ok()) {
      const auto size = static_cast<int64_t>(delivery.body.size());
      batch->poison.push_back(
          {std::string(run.status().message()), std::move(delivery.body), size});
      continue;
    }
    for (messaging::EncodedEvent& event : *run) batch->events.push_back(std::move(event));
  }
  return batch;
}

void Receiver::OfferNumbered(uint64_t number, std::shared_ptr<const Batch> batch) {
  parts_.dispatcher->Offer(
      std::move(batch), [this, number](const absl::Status& status) { OnSettled(number, status); });
}

void Receiver::OnSettled(uint64_t number, const absl::Status& status) {
  CrashPoint("receiver.after_commit");
  absl::MutexLock lock(&mutex_);
  for (Pending& pending : pending_) {
    if (pending.number != number) continue;
    pending.state = status.ok() ? Pending::State::kDurable : Pending::State::kHeld;
    if (status.ok()) pending.batch.reset();
    break;
  }
  AckDurablePrefix();
}

void Receiver::AckDurablePrefix() {
  // Acks are cumulative, so only what has nothing undurable before it may be acknowledged.
  uint64_t generation = 0;
  uint64_t tag = 0;
  while (!pending_.empty() && pending_.front().state == Pending::State::kDurable) {
    generation = pending_.front().generation;
    tag = pending_.front().last_tag;
    pending_.pop_front();
  }
  if (tag != 0) ack_(generation, tag);
}

void Receiver::OnConnected() {
  Log(Level::kInfo, "consumer_connected", {{"queue", Code(parts_.queue)}});
  parts_.on_connected();
}

void Receiver::OnLost(const absl::Status& why) {
  Log(Level::kWarning, "consumer_lost", {{"queue", Code(parts_.queue)}, {"error", why}});
}

void Receiver::Tick() {
  std::vector<std::pair<uint64_t, std::shared_ptr<const Batch>>> again;
  {
    absl::MutexLock lock(&mutex_);
    for (Pending& pending : pending_) {
      if (pending.state != Pending::State::kHeld) continue;
      pending.state = Pending::State::kOffered;
      again.emplace_back(pending.number, pending.batch);
    }
  }
  for (auto& [number, batch] : again) OfferNumbered(number, std::move(batch));
}

size_t Receiver::Outstanding() const {
  absl::MutexLock lock(&mutex_);
  return pending_.size();
}

}  // namespace xiufu::service
