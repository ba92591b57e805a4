#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/messaging/publisher.h"
#include "libs/storage/database.h"

namespace xiufu::service {

// Between a store's outbox and its publisher: committed rows go over in memory, confirmations come
// back, and what is no longer in memory is read from the store.
class OutboxBridge : public messaging::OutboxSource {
 public:
  OutboxBridge(storage::Database* database, const messaging::BrokerOptions& broker,
               const Clock* clock, messaging::Watchdog* watchdog);

  // Tells the publisher where every stream of this epoch stands, then starts it.
  absl::Status Start();
  void Offer(std::vector<storage::OutboxRow>& committed);
  // Waits up to `limit` for confirmations, then closes. What is unconfirmed stays in the store.
  void Stop(absl::Duration limit);
  messaging::Publisher::Stats stats() const { return publisher_->GetStats(); }

  absl::StatusOr<std::vector<messaging::OutgoingEvent>> ReadOutbox(const std::string& stream,
                                                                   int64_t epoch, int64_t from_seq,
                                                                   size_t max_events) override;

 private:
  storage::Database* const database_;
  std::unique_ptr<messaging::Publisher> publisher_;
};

}  // namespace xiufu::service
