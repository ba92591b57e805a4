#include "libs/messaging/topology.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace xiufu::messaging {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMaxCodeLength = 32;
constexpr char kQueues[] =
    "(intake|routing|result_sync|publication|adapter\\.[a-z0-9-]+)(\\.parked)?";

constexpr absl::string_view kAdapterQueues = "adapter.";
constexpr char kAdapter[] = "department_adapter";

// The table. A service's queue bears the service's name; stream patterns are those of the design's
// list of streams. An adapter's queue per authority is added.
const QueueSpec kServiceQueues[] = {
    {"intake", {"routing.#", "result.#", "publication.#"}},
    {"publication", {"result.#"}},
    {"result_sync", {"routing.#", "publication.#"}},
    {"routing", {"intake.#", "adapter.#", "result.#", "publication.#"}},
};

// A service reads its own queues, writes to the events exchange and nowhere else, and only its own
// streams there.
UserSpec Service(absl::string_view name, absl::string_view read, absl::string_view topics) {
  UserSpec user;
  user.name = std::string(name);
  user.write = "^xiufu\\.events$";
  user.read = std::string(read);
  user.topic_write = std::string(topics);
  return user;
}

// A person at the queues: looks into them, takes messages out of them and puts messages into them
// (through the default exchange), binds and unbinds; makes and deletes nothing.
UserSpec Operator() {
  UserSpec user;
  user.name = "operator";
  user.tags = {"management"};
  user.write = absl::StrCat("^(amq\\.default|xiufu\\.events|", kQueues, ")$");
  user.read = absl::StrCat("^(xiufu\\.events|", kQueues, ")$");
  return user;
}

// Whoever only looks: dashboards and the check of the topology.
UserSpec Monitor() {
  UserSpec user;
  user.name = "monitor";
  user.tags = {"monitoring"};
  return user;
}

std::vector<UserSpec> Users() {
  return {Service(kAdapter, "^adapter\\.[a-z0-9-]+$", "^adapter\\."),
          Service("intake", "^intake$", "^intake\\."),
          Monitor(),
          Operator(),
          Service("publication", "^publication$", "^publication\\."),
          Service("result_sync", "^result_sync$", "^result\\."),
          Service("routing", "^routing$", "^(routing|dept\\.[a-z0-9-]+)\\.")};
}

Json UsersJson(const Topology& topology) {
  Json users = Json::array();
  for (const UserSpec& user : topology.users) {
    users.push_back({{"name", user.name},
                     {"password_hash", ""},
                     {"hashing_algorithm", "rabbit_password_hashing_sha256"},
                     {"tags", user.tags}});
  }
  return users;
}

Json PermissionsJson(const Topology& topology) {
  Json permissions = Json::array();
  for (const UserSpec& user : topology.users) {
    permissions.push_back({{"user", user.name},
                           {"vhost", kVhost},
                           {"configure", user.configure},
                           {"write", user.write},
                           {"read", user.read}});
  }
  return permissions;
}

Json TopicPermissionsJson(const Topology& topology) {
  Json permissions = Json::array();
  for (const UserSpec& user : topology.users) {
    if (user.topic_write.empty()) continue;
    permissions.push_back({{"user", user.name},
                           {"vhost", kVhost},
                           {"exchange", kEventsExchange},
                           {"write", user.topic_write},
                           {"read", "^$"}});
  }
  return permissions;
}

Json ExchangeJson(const ExchangeSpec& exchange) {
  return {
      {"name", exchange.name}, {"vhost", kVhost},   {"type", exchange.type},      {"durable", true},
      {"auto_delete", false},  {"internal", false}, {"arguments", Json::object()}};
}

Json QueueJson(const std::string& name) {
  return {{"name", name},
          {"vhost", kVhost},
          {"durable", true},
          {"auto_delete", false},
          {"arguments", {{"x-queue-type", "quorum"}}}};
}

Json BindingJson(const BindingSpec& binding) {
  return {{"source", binding.exchange},   {"vhost", kVhost},
          {"destination", binding.queue}, {"destination_type", "queue"},
          {"routing_key", binding.key},   {"arguments", Json::object()}};
}

Json PolicyJson(const QueueSpec& queue) {
  Json definition = Json::object();
  for (const auto& [key, value] : PolicyOf(queue)) {
    std::visit([&definition, &key = key](const auto& v) { definition[key] = v; }, value);
  }
  return {{"vhost", kVhost},      {"name", queue.name},       {"pattern", PolicyPattern(queue)},
          {"apply-to", "queues"}, {"definition", definition}, {"priority", 0}};
}

}  // namespace

bool IsAuthorityCode(absl::string_view code) {
  return !code.empty() && code.size() <= kMaxCodeLength &&
         std::all_of(code.begin(), code.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

std::string AdapterQueue(absl::string_view authority) {
  return absl::StrCat(kAdapterQueues, authority);
}

std::string ConsumerOf(absl::string_view queue) {
  absl::string_view authority = queue;
  if (absl::ConsumePrefix(&authority, kAdapterQueues)) {
    return IsAuthorityCode(authority) ? kAdapter : "";
  }
  const bool known = std::any_of(std::begin(kServiceQueues), std::end(kServiceQueues),
                                 [&](const QueueSpec& spec) { return spec.name == queue; });
  return known ? std::string(queue) : "";
}

absl::StatusOr<Topology> MakeTopology(absl::Span<const std::string> authority_codes) {
  Topology topology;
  topology.queues.assign(std::begin(kServiceQueues), std::end(kServiceQueues));
  std::set<std::string> seen;
  for (const std::string& code : authority_codes) {
    if (!IsAuthorityCode(code)) {
      return absl::InvalidArgumentError(absl::StrCat("not an authority code: \"", code, "\""));
    }
    if (!seen.insert(code).second) {
      return absl::InvalidArgumentError(absl::StrCat("authority code twice: ", code));
    }
    topology.queues.push_back({AdapterQueue(code), {absl::StrCat("dept.", code, ".#")}});
  }
  std::sort(topology.queues.begin(), topology.queues.end(),
            [](const QueueSpec& a, const QueueSpec& b) { return a.name < b.name; });
  topology.users = Users();
  return topology;
}

std::vector<ExchangeSpec> ExchangesOf(const Topology&) {
  return {{kEventsExchange, "topic"}, {kParkedExchange, "direct"}};
}

std::vector<std::string> QueueNamesOf(const Topology& topology) {
  std::vector<std::string> names;
  for (const QueueSpec& queue : topology.queues) {
    names.push_back(queue.name);
    names.push_back(queue.parked_name());
  }
  return names;
}

std::vector<BindingSpec> BindingsOf(const Topology& topology) {
  std::vector<BindingSpec> bindings;
  for (const QueueSpec& queue : topology.queues) {
    for (const std::string& key : queue.bindings) {
      bindings.push_back({kEventsExchange, queue.name, key});
    }
    bindings.push_back({kParkedExchange, queue.parked_name(), queue.name});
  }
  return bindings;
}

PolicyDefinition PolicyOf(const QueueSpec& queue) {
  return {{"delivery-limit", int64_t{20}},
          {"dead-letter-exchange", std::string(kParkedExchange)},
          {"dead-letter-routing-key", queue.name},
          {"dead-letter-strategy", std::string("at-least-once")},
          {"overflow", std::string("reject-publish")},
          {"max-length-bytes", int64_t{512} * 1024 * 1024}};
}

std::string PolicyPattern(const QueueSpec& queue) {
  return absl::StrCat("^", absl::StrReplaceAll(queue.name, {{".", "\\."}}), "$");
}

std::string DefinitionsJson(const Topology& topology) {
  Json exchanges = Json::array();
  for (const ExchangeSpec& exchange : ExchangesOf(topology)) {
    exchanges.push_back(ExchangeJson(exchange));
  }
  Json queues = Json::array();
  for (const std::string& name : QueueNamesOf(topology)) queues.push_back(QueueJson(name));
  Json bindings = Json::array();
  for (const BindingSpec& binding : BindingsOf(topology)) bindings.push_back(BindingJson(binding));
  Json policies = Json::array();
  for (const QueueSpec& queue : topology.queues) policies.push_back(PolicyJson(queue));
  const Json definitions = {{"vhosts", Json::array({{{"name", kVhost}}})},
                            {"users", UsersJson(topology)},
                            {"permissions", PermissionsJson(topology)},
                            {"topic_permissions", TopicPermissionsJson(topology)},
                            {"exchanges", exchanges},
                            {"queues", queues},
                            {"bindings", bindings},
                            {"policies", policies}};
  return definitions.dump(2) + "\n";
}

}  // namespace xiufu::messaging
