#include "libs/service/outbox_bridge.h"

#include <utility>

#include "libs/messaging/topology.h"
#include "libs/storage/outbox.h"

namespace xiufu::service {
namespace {

std::vector<messaging::OutgoingEvent> ToOutgoing(std::vector<storage::OutboxRow> rows) {
  std::vector<messaging::OutgoingEvent> events;
  events.reserve(rows.size());
  for (storage::OutboxRow& row : rows) {
    events.push_back(
        {std::move(row.stream), row.epoch, row.seq, std::move(row.type), std::move(row.bytes)});
  }
  return events;
}

}  // namespace

OutboxBridge::OutboxBridge(storage::Database* database, const messaging::BrokerOptions& broker,
                           const Clock* clock, messaging::Watchdog* watchdog)
    : database_(database) {
  messaging::Publisher::Options options;
  options.broker = broker;
  options.exchange = messaging::kEventsExchange;
  publisher_ = std::make_unique<messaging::Publisher>(
      std::move(options), clock, watchdog, this,
      [database](const std::string& stream, int64_t epoch, int64_t through_seq) {
        database->NoteSentThrough(stream, epoch, through_seq);
      });
}

absl::Status OutboxBridge::Start() {
  absl::Status read = database_->Read([&](storage::Session& session) {
    for (const storage::StreamHead& head : database_->outbox().Heads(session, {})) {
      // Earlier epochs are not sent again: consumers read them.
      if (head.epoch != database_->epoch()) continue;
      publisher_->Track(head.stream, head.epoch, head.sent_through, head.head);
    }
    return absl::OkStatus();
  });
  return read.ok() ? publisher_->Start() : read;
}

void OutboxBridge::Offer(std::vector<storage::OutboxRow>& committed) {
  publisher_->Offer(ToOutgoing(std::move(committed)));
}

void OutboxBridge::Stop(absl::Duration limit) {
  publisher_->Drain(limit);
  publisher_->Close();
}

absl::StatusOr<std::vector<messaging::OutgoingEvent>> OutboxBridge::ReadOutbox(
    const std::string& stream, int64_t epoch, int64_t from_seq, size_t max_events) {
  absl::StatusOr<std::vector<storage::OutboxRow>> rows = absl::UnavailableError("not read");
  absl::Status read = database_->Read([&](storage::Session& session) {
    rows = database_->outbox().ReadFrom(session, stream, epoch, from_seq, max_events);
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  if (!rows.ok()) return rows.status();
  return ToOutgoing(*std::move(rows));
}

}  // namespace xiufu::service
