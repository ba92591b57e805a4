#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/messaging/envelope.h"
#include "libs/service/handling.h"
#include "libs/service/held_events.h"
#include "libs/service/stopped_streams.h"
#include "libs/service/wiring.h"
#include "libs/storage/database.h"

namespace xiufu::service {

// What one queue brought, or one read: events in order, and what could not be parsed.
struct Batch {
  struct Poison {
    std::string reason;
    std::string raw;  // empty when it was too large to be read
    int64_t full_size = 0;
  };
  std::vector<messaging::EncodedEvent> events;
  std::vector<Poison> poison;
  absl::Time now;  // of delivery
};

class CarefulStart;

// Takes batches through the writer: per event the claim, then Handling. Live deliveries and reads
// come the same way.
//
// After an unclean stop the first events are taken one per transaction, with an attempt row
// committed before: the third death at one event parks it, so that a poisonous event cannot keep
// the service from starting.
class Dispatcher {
 public:
  struct Parts {
    const Subscription* subscription = nullptr;
    storage::Database* database = nullptr;
    const Handling* handling = nullptr;
    StoppedStreams* stopped = nullptr;
    // Called on the writer when something is missing before an event that came.
    std::function<void(const std::string& stream)> on_gap;
    // Called on the writer, once per stream, when it was stopped.
    std::function<void(const std::string& stream, const std::string& reason)> on_stopped;
  };
  explicit Dispatcher(Parts parts);
  ~Dispatcher();

  using Settled = absl::AnyInvocable<void(const absl::Status&)>;
  // Any thread; batches are applied in the order offered and shared, never copied. `settled` runs
  // on the writer after the commit: OK means that every event is in the store, in one way or
  // another. UNAVAILABLE: nothing is; offer it again.
  void Offer(std::shared_ptr<const Batch> batch, Settled settled);

 private:
  friend class CarefulStart;
  class Unit;

  void Submit(std::shared_ptr<const Batch> batch, Settled settled);
  void Apply(const Batch& batch, storage::Tx& tx);
  void TakeEvent(const messaging::EncodedEvent& event, absl::Time now, storage::Tx& tx);
  void TakeHeldAfter(const messaging::Envelope& taken, absl::Time now, storage::Tx& tx);
  bool ClaimedNow(const messaging::EncodedEvent& event, absl::Time now, storage::Tx& tx);
  bool Subscribed(const std::string& stream) const;

  const Parts parts_;
  HeldEvents held_{2000};
  std::unique_ptr<CarefulStart> careful_;  // null after an orderly stop
};

}  // namespace xiufu::service
