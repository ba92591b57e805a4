#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace xiufu::messaging {

// What exists in the broker: one table, from which the definitions file, the check of the running
// broker and the services' subscriptions all come.
constexpr char kVhost[] = "xiufu";
constexpr char kEventsExchange[] = "xiufu.events";
constexpr char kParkedExchange[] = "xiufu.parked";

// A consumer's quorum queue with the stream patterns it is bound to ("intake.#", "dept.tax.#").
struct QueueSpec {
  std::string name;
  std::vector<std::string> bindings;
  std::string parked_name() const { return name + ".parked"; }
};

// A broker user; all patterns are regular expressions as RabbitMQ takes them.
struct UserSpec {
  std::string name;
  std::vector<std::string> tags;
  std::string configure = "^$";
  std::string write = "^$";
  std::string read = "^$";
  std::string topic_write;  // routing keys it may publish to kEventsExchange; empty: no topic
                            // permission is set
};

struct Topology {
  std::vector<QueueSpec> queues;  // by name
  std::vector<UserSpec> users;    // by name
};

struct ExchangeSpec {
  std::string name;
  std::string type;
};
struct BindingSpec {
  std::string exchange;
  std::string queue;
  std::string key;
};
using PolicyDefinition = std::map<std::string, std::variant<int64_t, std::string>>;

// True for [a-z0-9-]{1,32}.
bool IsAuthorityCode(absl::string_view code);
// INVALID_ARGUMENT for a code that is none, or is there twice.
absl::StatusOr<Topology> MakeTopology(absl::Span<const std::string> authority_codes);

// The queue that `authority`'s adapter instance reads.
std::string AdapterQueue(absl::string_view authority);

// The service that reads `queue`, which is also its name as a broker user and as a gRPC principal;
// empty for a queue that cannot be one.
std::string ConsumerOf(absl::string_view queue);

// What follows from the table.
std::vector<ExchangeSpec> ExchangesOf(const Topology& topology);
std::vector<std::string> QueueNamesOf(const Topology& topology);  // each with its .parked queue
std::vector<BindingSpec> BindingsOf(const Topology& topology);
// The policy of one queue, which bears the queue's name. `.parked` queues have none.
PolicyDefinition PolicyOf(const QueueSpec& queue);
std::string PolicyPattern(const QueueSpec& queue);  // matches that queue alone

// RabbitMQ definitions, pretty-printed and stable, without password hashes: whoever starts a node
// fills them into a private copy.
std::string DefinitionsJson(const Topology& topology);

}  // namespace xiufu::messaging
