#include "services/xiufuctl/topology_command.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <tuple>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "libs/catalogue/authority.h"
#include "libs/messaging/topology.h"
#include "libs/messaging/topology_check.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/management_client.h"

namespace xiufu::ctl {
namespace {

constexpr char kTopologyUsage[] =
    "  topology print --authorities DIR\n"
    "                       输出消息队列拓扑定义 / print the broker's definitions\n"
    "  topology check --authorities DIR --management URL --user NAME --password-file FILE\n"
    "                       核对运行中的消息队列拓扑 / compare the running broker with them\n";

absl::StatusOr<messaging::Topology> TopologyOf(const std::string& authorities) {
  absl::StatusOr<catalogue::AuthorityRegistry> registry =
      catalogue::AuthorityRegistry::Load(authorities);
  if (!registry.ok()) return registry.status();
  std::vector<std::string> codes;
  // Only who is served through an adapter has streams.
  for (const catalogue::Authority& authority : registry->all()) {
    if (authority.handling == catalogue::Handling::kInSuite) codes.push_back(authority.code);
  }
  return messaging::MakeTopology(codes);
}

absl::StatusOr<std::string> ReadPassword(const std::string& path) {
  std::ifstream file(path);
  std::string password;
  if (!std::getline(file, password) || password.empty()) {
    return absl::NotFoundError(absl::StrCat("no password in ", path));
  }
  return password;
}

absl::StatusOr<messaging::BrokerState> ReadBroker(const ManagementClient& client) {
  messaging::BrokerState state;
  const std::tuple<const char*, const char*, std::string*> parts[] = {
      {"exchanges/", "", &state.exchanges},
      {"queues/", "?disable_stats=true&enable_queue_totals=true", &state.queues},
      {"bindings/", "", &state.bindings},
      {"policies/", "", &state.policies}};
  for (const auto& [path, query, text] : parts) {
    absl::StatusOr<std::string> body = client.Get(absl::StrCat(path, messaging::kVhost, query));
    if (!body.ok()) return body.status();
    *text = *std::move(body);
  }
  return state;
}

absl::StatusOr<std::vector<std::string>> Check(const Arguments& args) {
  absl::StatusOr<messaging::Topology> topology = TopologyOf(args.Value("authorities"));
  if (!topology.ok()) return topology.status();
  absl::StatusOr<std::string> password = ReadPassword(args.Value("password-file"));
  if (!password.ok()) return password.status();
  const ManagementClient client(args.Value("management"), args.Value("user"), *password);
  absl::StatusOr<messaging::BrokerState> state = ReadBroker(client);
  if (!state.ok()) return state.status();
  return messaging::TopologyDifferences(*topology, *state);
}

int Fail(const absl::Status& status) {
  std::cerr << status.message() << '\n';
  return kExitFailed;
}

int RunPrint(const Arguments& args) {
  absl::StatusOr<messaging::Topology> topology = TopologyOf(args.Value("authorities"));
  if (!topology.ok()) return Fail(topology.status());
  std::cout << messaging::DefinitionsJson(*topology);
  std::cout.flush();
  return std::cout ? kExitOk : kExitFailed;
}

int RunCheck(const Arguments& args) {
  absl::StatusOr<std::vector<std::string>> differences = Check(args);
  if (!differences.ok()) return Fail(differences.status());
  if (differences->empty()) {
    std::cout << "消息队列拓扑一致 / the broker is as it should be\n";
    return kExitOk;
  }
  for (const std::string& difference : *differences) std::cout << difference << '\n';
  return kExitFailed;
}

bool HasAll(const Arguments& args, const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(),
                     [&](const std::string& name) { return !args.Value(name).empty(); });
}

int RunTopology(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args =
      Arguments::Read(raw_args, {"authorities", "management", "user", "password-file"});
  if (!args.ok()) return UsageError(kTopologyUsage, args.status());
  if (args->words() == std::vector<std::string>{"print"} && HasAll(*args, {"authorities"})) {
    return RunPrint(*args);
  }
  if (args->words() == std::vector<std::string>{"check"} &&
      HasAll(*args, {"authorities", "management", "user", "password-file"})) {
    return RunCheck(*args);
  }
  return UsageError(kTopologyUsage);
}

}  // namespace

CommandFamily TopologyCommands() { return {"topology", kTopologyUsage, RunTopology}; }

}  // namespace xiufu::ctl
