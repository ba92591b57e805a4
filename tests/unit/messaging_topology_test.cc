#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "libs/messaging/topology.h"
#include "libs/messaging/topology_check.h"

namespace xiufu::messaging {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Topology TestTopology() { return *MakeTopology({"transport", "urban-management"}); }

nlohmann::json TestDefinitions() { return nlohmann::json::parse(DefinitionsJson(TestTopology())); }

const UserSpec& UserNamed(const Topology& topology, const std::string& name) {
  for (const UserSpec& user : topology.users) {
    if (user.name == name) return user;
  }
  ADD_FAILURE() << "no user " << name;
  return topology.users.front();
}

bool Matches(const std::string& pattern, const std::string& name) {
  return std::regex_search(name, std::regex(pattern));
}

// What the management API would say of a broker made from the definitions.
BrokerState StateOf(const nlohmann::json& definitions) {
  nlohmann::json queues = definitions["queues"], exchanges = definitions["exchanges"],
                 bindings = definitions["bindings"];
  for (nlohmann::json& queue : queues) {
    queue["type"] = "quorum";
    queue["policy"] = nullptr;
    for (const nlohmann::json& policy : definitions["policies"]) {
      if (Matches(policy["pattern"], queue["name"])) queue["policy"] = policy["name"];
    }
    bindings.push_back({{"source", ""},
                        {"destination", queue["name"]},
                        {"routing_key", queue["name"]},
                        {"arguments", nlohmann::json::object()}});
  }
  exchanges.push_back({{"name", ""}, {"type", "direct"}, {"durable", true}});
  exchanges.push_back({{"name", "amq.topic"}, {"type", "topic"}, {"durable", true}});
  return {exchanges.dump(), queues.dump(), bindings.dump(), definitions["policies"].dump()};
}

std::vector<std::string> Differences(const nlohmann::json& definitions) {
  absl::StatusOr<std::vector<std::string>> found =
      TopologyDifferences(TestTopology(), StateOf(definitions));
  EXPECT_TRUE(found.ok()) << found.status();
  return *found;
}

TEST(TopologyTest, AuthorityCodes) {
  EXPECT_TRUE(IsAuthorityCode("transport"));
  EXPECT_TRUE(IsAuthorityCode(std::string(32, 'a')));
  EXPECT_FALSE(IsAuthorityCode(std::string(33, 'a')));
  EXPECT_FALSE(IsAuthorityCode(""));
  EXPECT_FALSE(IsAuthorityCode("a.b"));
  EXPECT_FALSE(IsAuthorityCode("Tax"));
  EXPECT_TRUE(absl::IsInvalidArgument(MakeTopology({"a.parked"}).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(MakeTopology({"tax", "tax"}).status()));
}

TEST(TopologyTest, TheConsumerOfAQueueIsTheUserThatMayReadIt) {
  const Topology topology = TestTopology();
  for (const QueueSpec& queue : topology.queues) {
    const UserSpec& user = UserNamed(topology, ConsumerOf(queue.name));
    EXPECT_EQ(user.tags, std::vector<std::string>()) << queue.name;
    EXPECT_TRUE(Matches(user.read, queue.name)) << queue.name;
  }
  EXPECT_EQ(ConsumerOf("adapter.tax"), "department_adapter");
  for (const char* none : {"", "nobody", "routing.parked", "adapter.", "adapter.Tax", "adapter.a.b",
                           "department_adapter", "operator"}) {
    EXPECT_EQ(ConsumerOf(none), "") << none;
  }
}

TEST(TopologyTest, EveryQueueHasItsParkedQueueBoundByItsName) {
  const Topology topology = TestTopology();
  ASSERT_EQ(topology.queues.size(), 6u);
  size_t parked = 0;
  for (const BindingSpec& binding : BindingsOf(topology)) {
    if (binding.exchange != kParkedExchange) continue;
    ++parked;
    EXPECT_EQ(binding.queue, binding.key + ".parked");
  }
  EXPECT_EQ(parked, topology.queues.size());
  EXPECT_EQ(QueueNamesOf(topology).size(), 2 * topology.queues.size());
}

TEST(TopologyTest, EveryPolicyIsForExactlyItsOwnQueue) {
  const nlohmann::json definitions = TestDefinitions();
  for (const nlohmann::json& policy : definitions["policies"]) {
    size_t matched = 0;
    for (const nlohmann::json& queue : definitions["queues"]) {
      if (Matches(policy["pattern"], queue["name"])) ++matched;
    }
    EXPECT_EQ(matched, 1u) << policy["pattern"];
    EXPECT_EQ(policy["definition"]["dead-letter-routing-key"], policy["name"]);
    EXPECT_EQ(policy["definition"]["delivery-limit"], 20);
    EXPECT_EQ(policy["definition"]["overflow"], "reject-publish");
    EXPECT_EQ(policy["definition"]["dead-letter-strategy"], "at-least-once");
    EXPECT_EQ(policy["definition"]["max-length-bytes"], 536870912);
  }
}

TEST(TopologyTest, ServicesMayOnlyDoTheirOwn) {
  const Topology topology = TestTopology();
  for (const char* name :
       {"intake", "routing", "department_adapter", "result_sync", "publication"}) {
    const UserSpec& user = UserNamed(topology, name);
    EXPECT_FALSE(Matches(user.configure, "intake")) << name;
    EXPECT_TRUE(Matches(user.write, kEventsExchange)) << name;
    EXPECT_FALSE(Matches(user.write, kParkedExchange)) << name;
    EXPECT_FALSE(Matches(user.write, "amq.default")) << name;
    for (const std::string& queue : QueueNamesOf(topology)) {
      const bool own =
          queue == name || (std::string(name) == "department_adapter" &&
                            (queue == "adapter.transport" || queue == "adapter.urban-management"));
      EXPECT_EQ(Matches(user.read, queue), own) << name << " reads " << queue;
    }
    EXPECT_TRUE(user.tags.empty());
  }
}

TEST(TopologyTest, ServicesPublishTheirOwnStreamsOnly) {
  const Topology topology = TestTopology();
  const std::pair<const char*, const char*> may[] = {
      {"intake", "intake.x"},      {"routing", "routing.x"},
      {"routing", "dept.tax.x"},   {"department_adapter", "adapter.tax.x"},
      {"result_sync", "result.x"}, {"publication", "publication.x"}};
  for (const auto& [user, key] : may) {
    for (const auto& [other, other_key] : may) {
      const bool allowed = Matches(UserNamed(topology, user).topic_write, other_key);
      EXPECT_EQ(allowed, std::string(user) == other) << user << " publishes " << other_key;
    }
  }
}

TEST(TopologyTest, DefinitionsHoldNoPasswords) {
  const nlohmann::json definitions = TestDefinitions();
  for (const nlohmann::json& user : definitions["users"]) {
    EXPECT_EQ(user["password_hash"], "");
    EXPECT_FALSE(user.contains("password"));
  }
}

TEST(TopologyCheckTest, ABrokerFromTheDefinitionsIsEqual) {
  EXPECT_THAT(Differences(TestDefinitions()), IsEmpty());
}

TEST(TopologyCheckTest, NamesAMissingBinding) {
  nlohmann::json definitions = TestDefinitions();
  nlohmann::json& bindings = definitions["bindings"];
  bindings.erase(std::find_if(bindings.begin(), bindings.end(), [](const nlohmann::json& b) {
    return b["routing_key"] == "dept.transport.#";
  }));
  EXPECT_THAT(
      Differences(definitions),
      ElementsAre("missing: binding xiufu.events -> adapter.transport by dept.transport.#"));
}

TEST(TopologyCheckTest, NamesAMissingQueueAndAForeignOne) {
  nlohmann::json definitions = TestDefinitions();
  definitions["queues"][0]["name"] = "strange";
  EXPECT_THAT(Differences(definitions),
              ElementsAre("missing: queue adapter.transport", "not in the table: queue strange"));
}

TEST(TopologyCheckTest, NamesAWrongPolicyTypeAndExchange) {
  nlohmann::json definitions = TestDefinitions();
  definitions["policies"][0]["definition"]["delivery-limit"] = 5;
  definitions["exchanges"][0]["type"] = "fanout";
  definitions["queues"][3]["durable"] = false;
  const std::vector<std::string> differences = Differences(definitions);
  ASSERT_EQ(differences.size(), 3u);
  EXPECT_THAT(differences[0], HasSubstr("different: exchange xiufu.events: is durable fanout"));
  EXPECT_THAT(differences[1], HasSubstr("\"delivery-limit\":5"));
  EXPECT_THAT(differences[2], HasSubstr("is transient quorum"));
}

TEST(TopologyCheckTest, NamesAMissingPolicyAndTheQueueWithoutIt) {
  nlohmann::json definitions = TestDefinitions();
  definitions["policies"].erase(0);
  const std::vector<std::string> differences = Differences(definitions);
  ASSERT_EQ(differences.size(), 2u);
  EXPECT_THAT(differences[0], HasSubstr("policy none; should be"));
  EXPECT_EQ(differences[1], "missing: policy adapter.transport");
}

TEST(TopologyCheckTest, RefusesWhatIsNoAnswer) {
  const BrokerState good = StateOf(TestDefinitions());
  for (const char* bad : {"", "{}", "[1]"}) {
    for (std::string BrokerState::*part : {&BrokerState::exchanges, &BrokerState::queues,
                                           &BrokerState::bindings, &BrokerState::policies}) {
      BrokerState state = good;
      state.*part = bad;
      EXPECT_TRUE(absl::IsInvalidArgument(TopologyDifferences(TestTopology(), state).status()));
    }
  }
}

}  // namespace
}  // namespace xiufu::messaging
