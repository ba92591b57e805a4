#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/messaging/topology.h"

namespace xiufu::messaging {

// What RabbitMQ's management API answers for a vhost: JSON arrays.
struct BrokerState {
  std::string exchanges;  // GET /api/exchanges/<vhost>
  // GET /api/queues/<vhost>?disable_stats=true&enable_queue_totals=true: the queues as they are.
  // Without these parameters the answer is seconds old, and just after a start it lacks policies.
  std::string queues;
  std::string bindings;  // GET /api/bindings/<vhost>
  std::string policies;  // GET /api/policies/<vhost>
};

// Each difference between the running broker and the table, one line each, sorted; empty when there
// is none. What the broker has beyond the table is a difference too. INVALID_ARGUMENT when an
// answer is no such JSON. Policies are compared as they take effect on each queue, which is what
// counts and what a monitor may read.
absl::StatusOr<std::vector<std::string>> TopologyDifferences(const Topology& topology,
                                                             const BrokerState& broker);

}  // namespace xiufu::messaging
