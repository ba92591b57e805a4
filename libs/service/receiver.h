#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/clock.h"
#include "libs/messaging/consumer.h"
#include "libs/service/dispatcher.h"

namespace xiufu::service {

// Between one Consumer and its Dispatcher: parses what came, offers it, acknowledges what is
// durable, in order.
//
// A batch that the store could not take (disk full) is held and offered again by Tick: nothing is
// bounced back to the broker, where each bounce would count against the message.
class Receiver : public messaging::DeliverySink {
 public:
  using Ack = std::function<void(uint64_t generation, uint64_t tag)>;
  struct Parts {
    std::string queue;
    Dispatcher* dispatcher = nullptr;
    const Clock* clock = nullptr;
    std::function<void()> on_connected;  // the streams may have moved on while we were away
  };
  explicit Receiver(Parts parts);

  // Before the consumer starts.
  void AckWith(Ack ack) { ack_ = std::move(ack); }

  void OnDeliveries(std::vector<messaging::Delivery> batch) override;
  void OnConnected() override;
  void OnLost(const absl::Status& why) override;

  // Any thread, about once a second.
  void Tick();
  // Batches that are not durable yet.
  size_t Outstanding() const;

 private:
  // One delivered batch, from delivery to acknowledgement.
  struct Pending {
    uint64_t number = 0;
    uint64_t generation = 0;
    uint64_t last_tag = 0;
    enum class State { kOffered, kDurable, kHeld } state = State::kOffered;
    std::shared_ptr<const Batch> batch;  // kept until durable, to be offered again
  };

  std::shared_ptr<const Batch> Parse(std::vector<messaging::Delivery> deliveries) const;
  void OfferNumbered(uint64_t number, std::shared_ptr<const Batch> batch);
  void OnSettled(uint64_t number, const absl::Status& status);
  void AckDurablePrefix() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Parts parts_;
  Ack ack_;
  mutable absl::Mutex mutex_;
  uint64_t next_number_ ABSL_GUARDED_BY(mutex_) = 1;
  std::deque<Pending> pending_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu::service
