#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/messaging/consumer.h"
#include "libs/observability/metrics.h"
#include "libs/service/outbox_bridge.h"
#include "libs/storage/database.h"

namespace xiufu::service {

// What an operator watches of any service: commits, messages, what waits. Read at each scrape,
// until destroyed; what it reads from must live longer.
class HostMetrics {
 public:
  HostMetrics(storage::Database* database, const OutboxBridge* bridge);
  void Watch(const std::string& queue, const messaging::Consumer* consumer);

 private:
  void Read(observability::StaticText name, observability::StaticText help,
            const observability::Labels& labels, std::function<double()> read);

  std::vector<std::unique_ptr<observability::GaugeReader>> readers_;
};

}  // namespace xiufu::service
