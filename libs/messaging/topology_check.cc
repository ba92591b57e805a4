#include "libs/messaging/topology_check.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace xiufu::messaging {
namespace {

// The type that nlohmann's ordered_json is not: members sorted, so that two texts of one object are
// equal.
using SortedJson = nlohmann::json;

// What there is, by what it is called in a report, and how it is made.
using Things = std::map<std::string, std::string>;

std::string Text(const SortedJson& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || !found->is_string() ? "" : found->get<std::string>();
}

std::string Dump(const SortedJson& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->empty() ? "{}" : found->dump();
}

std::string Made(bool durable, absl::string_view type, absl::string_view arguments) {
  return absl::StrCat(durable ? "durable " : "transient ", type, ", arguments ", arguments);
}

std::string QueueMade(absl::string_view made, absl::string_view policy) {
  return absl::StrCat(made, ", policy ", policy.empty() ? "none" : policy);
}

std::string PolicyMade(absl::string_view pattern, absl::string_view apply_to, int64_t priority,
                       absl::string_view definition) {
  return absl::StrCat("for ", apply_to, " ", pattern, ", priority ", priority, ", ", definition);
}

std::string BindingName(absl::string_view exchange, absl::string_view queue,
                        absl::string_view key) {
  return absl::StrCat("binding ", exchange, " -> ", queue, " by ", key);
}

Things WantedThings(const Topology& topology) {
  Things things;
  for (const ExchangeSpec& exchange : ExchangesOf(topology)) {
    things["exchange " + exchange.name] = Made(true, exchange.type, "{}");
  }
  const std::string made = Made(true, "quorum", R"({"x-queue-type":"quorum"})");
  for (const QueueSpec& queue : topology.queues) {
    things["queue " + queue.name] = QueueMade(made, queue.name);
    things["queue " + queue.parked_name()] = QueueMade(made, "");
    SortedJson definition = SortedJson::object();
    for (const auto& [key, value] : PolicyOf(queue)) {
      std::visit([&definition, &key = key](const auto& v) { definition[key] = v; }, value);
    }
    things["policy " + queue.name] =
        PolicyMade(PolicyPattern(queue), "queues", 0, definition.dump());
  }
  for (const BindingSpec& binding : BindingsOf(topology)) {
    things[BindingName(binding.exchange, binding.queue, binding.key)] = "arguments {}";
  }
  return things;
}

bool IsBuiltIn(const std::string& exchange) {
  return exchange.empty() || absl::StartsWith(exchange, "amq.");
}

// The four answers, parsed.
struct FoundState {
  SortedJson exchanges;
  SortedJson queues;
  SortedJson bindings;
  SortedJson policies;
};

Things FoundThings(const FoundState& found) {
  Things things;
  for (const SortedJson& exchange : found.exchanges) {
    if (IsBuiltIn(Text(exchange, "name"))) continue;
    things["exchange " + Text(exchange, "name")] =
        Made(exchange.value("durable", false), Text(exchange, "type"), Dump(exchange, "arguments"));
  }
  for (const SortedJson& queue : found.queues) {
    things["queue " + Text(queue, "name")] = QueueMade(
        Made(queue.value("durable", false), Text(queue, "type"), Dump(queue, "arguments")),
        Text(queue, "policy"));
  }
  for (const SortedJson& binding : found.bindings) {
    if (Text(binding, "source").empty()) continue;  // every queue's own, in the default exchange
    things[BindingName(Text(binding, "source"), Text(binding, "destination"),
                       Text(binding, "routing_key"))] =
        absl::StrCat("arguments ", Dump(binding, "arguments"));
  }
  for (const SortedJson& policy : found.policies) {
    things["policy " + Text(policy, "name")] =
        PolicyMade(Text(policy, "pattern"), Text(policy, "apply-to"),
                   policy.value("priority", int64_t{-1}), Dump(policy, "definition"));
  }
  return things;
}

absl::Status ParseArray(const std::string& text, const char* what, SortedJson* json) {
  *json = SortedJson::parse(text, nullptr, /*allow_exceptions=*/false);
  const bool objects = json->is_array() && std::all_of(json->begin(), json->end(),
                                                       [](const auto& e) { return e.is_object(); });
  if (objects) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("the list of ", what, " is no JSON array of objects"));
}

std::vector<std::string> Compare(const Things& wanted, const Things& found) {
  std::vector<std::string> differences;
  for (const auto& [name, made] : wanted) {
    const auto there = found.find(name);
    if (there == found.end()) {
      differences.push_back(absl::StrCat("missing: ", name));
    } else if (there->second != made) {
      differences.push_back(
          absl::StrCat("different: ", name, ": is ", there->second, "; should be ", made));
    }
  }
  for (const auto& [name, made] : found) {
    if (!wanted.contains(name)) differences.push_back(absl::StrCat("not in the table: ", name));
  }
  std::sort(differences.begin(), differences.end());
  return differences;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> TopologyDifferences(const Topology& topology,
                                                             const BrokerState& broker) {
  FoundState found;
  const std::tuple<const std::string&, const char*, SortedJson*> answers[] = {
      {broker.exchanges, "exchanges", &found.exchanges},
      {broker.queues, "queues", &found.queues},
      {broker.bindings, "bindings", &found.bindings},
      {broker.policies, "policies", &found.policies}};
  for (const auto& [text, what, json] : answers) {
    if (absl::Status status = ParseArray(text, what, json); !status.ok()) return status;
  }
  return Compare(WantedThings(topology), FoundThings(found));
}

}  // namespace xiufu::messaging
