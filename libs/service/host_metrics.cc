#include "libs/service/host_metrics.h"

#include <utility>

#include "libs/storage/jobs.h"
#include "libs/storage/waiting.h"

namespace xiufu::service {
namespace {

// One of the numbers that a table of the store counts.
template <typename Table>
double Counted(storage::Database* database, const Table& table, int64_t Table::Counts::*which) {
  typename Table::Counts counts;
  database
      ->Read([&](storage::Session& session) {
        counts = table.Count(session);
        return absl::OkStatus();
      })
      .IgnoreError();  // a store that is closing shows nothing
  return static_cast<double>(counts.*which);
}

}  // namespace

HostMetrics::HostMetrics(storage::Database* database, const OutboxBridge* bridge) {
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
  Read("xiufu_waiting_messages", "Events taken and not handled", {{"state", "retry"}}, [database] {
    return Counted(database, database->waiting(), &storage::Waiting::Counts::retry);
  });
  Read("xiufu_waiting_messages", "Events taken and not handled", {{"state", "behind"}}, [database] {
    return Counted(database, database->waiting(), &storage::Waiting::Counts::behind);
  });
  Read("xiufu_waiting_messages", "Events taken and not handled", {{"state", "parked"}}, [database] {
    return Counted(database, database->waiting(), &storage::Waiting::Counts::parked);
  });
  Read("xiufu_poison_messages", "Messages that could not be parsed, kept raw", {}, [database] {
    return Counted(database, database->waiting(), &storage::Waiting::Counts::poison);
  });
  Read("xiufu_jobs", "Calls to the outside that are not done", {{"state", "due"}},
       [database] { return Counted(database, database->jobs(), &storage::Jobs::Counts::due); });
  Read("xiufu_jobs", "Calls to the outside that are not done", {{"state", "parked"}},
       [database] { return Counted(database, database->jobs(), &storage::Jobs::Counts::parked); });
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

}  // namespace xiufu::service
