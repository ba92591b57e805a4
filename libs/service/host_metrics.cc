#include "libs/service/host_metrics.h"

#include <utility>

namespace xiufu::service {

HostMetrics::HostMetrics(storage::Database* database, const OutboxBridge* bridge)
    : database_(database) {
  Read("xiufu_db_commits_total", "Transactions committed", {},
       [database] { return static_cast<double>(database->commits()); });
  Read("xiufu_publisher_messages_total", "Runs sent to the broker, repeats included", {},
       [bridge] { return static_cast<double>(bridge->stats().messages); });
  Read("xiufu_publisher_events_total", "Events in those runs", {},
       [bridge] { return static_cast<double>(bridge->stats().events); });
  Read("xiufu_publisher_returns_total", "Runs that no queue took", {},
       [bridge] { return static_cast<double>(bridge->stats().returns); });
  Read("xiufu_publisher_backing_off_streams", "Streams that wait before they are sent again", {},
       [bridge] { return static_cast<double>(bridge->stats().backing_off.size()); });
  Read("xiufu_publisher_connected", "1 while connected to the broker", {},
       [bridge] { return bridge->stats().connected ? 1.0 : 0.0; });
  Read("xiufu_amqp_writes_total", "write(2) calls to the broker", {{"side", "publisher"}},
       [bridge] { return static_cast<double>(bridge->stats().writes); });
  Read("xiufu_waiting_messages", "Events taken and not handled", {{"state", "retry"}},
       [this] { return static_cast<double>(Waiting().retry); });
  Read("xiufu_waiting_messages", "Events taken and not handled", {{"state", "behind"}},
       [this] { return static_cast<double>(Waiting().behind); });
  Read("xiufu_waiting_messages", "Events taken and not handled", {{"state", "parked"}},
       [this] { return static_cast<double>(Waiting().parked); });
  Read("xiufu_poison_messages", "Messages that could not be parsed, kept raw", {},
       [this] { return static_cast<double>(Waiting().poison); });
  Read("xiufu_jobs", "Calls to the outside that are not done", {{"state", "due"}},
       [this] { return static_cast<double>(Jobs().due); });
  Read("xiufu_jobs", "Calls to the outside that are not done", {{"state", "parked"}},
       [this] { return static_cast<double>(Jobs().parked); });
}

void HostMetrics::Watch(const std::string& queue, const messaging::Consumer* consumer) {
  Read("xiufu_consumer_connected", "1 while subscribed", {{"queue", queue}},
       [consumer] { return consumer->GetStats().connected ? 1.0 : 0.0; });
  Read("xiufu_consumer_deliveries_total", "Messages delivered", {{"queue", queue}},
       [consumer] { return static_cast<double>(consumer->GetStats().deliveries); });
  Read("xiufu_amqp_writes_total", "write(2) calls to the broker", {{"side", queue}},
       [consumer] { return static_cast<double>(consumer->GetStats().writes); });
}

void HostMetrics::Read(observability::StaticText name, observability::StaticText help,
                       const observability::Labels& labels, std::function<double()> read) {
  readers_.push_back(observability::ReadGauge(name, help, labels, std::move(read)));
}

storage::Waiting::Counts HostMetrics::Waiting() const {
  storage::Waiting::Counts counts;
  database_
      ->Read([&](storage::Session& session) {
        counts = database_->waiting().Count(session);
        return absl::OkStatus();
      })
      .IgnoreError();  // a store that is closing shows nothing
  return counts;
}

storage::Jobs::Counts HostMetrics::Jobs() const {
  storage::Jobs::Counts counts;
  database_
      ->Read([&](storage::Session& session) {
        counts = database_->jobs().Count(session);
        return absl::OkStatus();
      })
      .IgnoreError();  // as above
  return counts;
}

}  // namespace xiufu::service
