#include "services/xiufuctl/parked_command.h"

#include <iostream>
#include <map>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/xiufuctl/waiting_client.h"
#include "services/xiufuctl/waiting_output.h"

namespace xiufu::ctl {
namespace {

constexpr char kParkedUsage[] =
    "  parked list WHERE [--json]\n"
    "                       列出等待处理的消息 / list the messages that wait\n"
    "  parked replay ID WHERE\n"
    "                       重新处理一条滞留消息 / handle a parked message again\n"
    "  parked discard ID --reason TEXT WHERE\n"
    "                       注明原因后放弃一条滞留消息 / give a parked message up, with a reason\n"
    "                       WHERE: --service NAME [--config DIR, var/config]\n"
    "                            | --target HOST:PORT [--credentials DIR, var/credentials]\n";

struct ParkedArgs {
  std::vector<std::string> words;
  std::map<std::string, std::string> flags;
  bool json = false;

  std::string Flag(const std::string& name, const std::string& fallback = "") const {
    const auto found = flags.find(name);
    return found == flags.end() ? fallback : found->second;
  }
};

// Nothing when a flag is unknown or has no value.
std::optional<ParkedArgs> ReadParkedArgs(const std::vector<std::string>& args) {
  ParkedArgs read;
  for (size_t i = 0; i < args.size(); ++i) {
    if (!absl::StartsWith(args[i], "--")) {
      read.words.push_back(args[i]);
    } else if (args[i] == "--json") {
      read.json = true;
    } else {
      const std::string name = args[i].substr(2);
      const bool known = name == "service" || name == "config" || name == "target" ||
                         name == "credentials" || name == "reason";
      if (!known || ++i == args.size()) return std::nullopt;
      read.flags[name] = args[i];
    }
  }
  return read;
}

absl::StatusOr<WaitingClient> ConnectTo(const ParkedArgs& args) {
  if (const std::string target = args.Flag("target"); !target.empty()) {
    return WaitingClient::Connect(target, args.Flag("credentials", "var/credentials"));
  }
  return WaitingClient::ConnectByConfig(
      absl::StrCat(args.Flag("config", "var/config"), "/", args.Flag("service"), ".toml"));
}

int ParkedFailed(const absl::Status& status) {
  std::cerr << "未成功 / failed: " << absl::StatusCodeToString(status.code()) << ": "
            << status.message() << '\n';
  return kExitFailed;
}

int RunList(const WaitingClient& client, bool json) {
  const auto messages = client.List();
  if (!messages.ok()) return ParkedFailed(messages.status());
  std::cout << (json ? WaitingJson(*messages) : WaitingText(*messages)) << std::flush;
  return std::cout ? kExitOk : kExitFailed;
}

int Report(const absl::Status& status, const char* done) {
  if (!status.ok()) return ParkedFailed(status);
  std::cout << done << '\n';
  return kExitOk;
}

// Exactly one place to go to, and the words that the verb needs.
bool IsComplete(const ParkedArgs& args, int64_t* id) {
  if (args.words.empty() || args.Flag("service").empty() == args.Flag("target").empty())
    return false;
  const std::string& verb = args.words[0];
  if (verb == "list") return args.words.size() == 1;
  const bool with_id = args.words.size() == 2 && absl::SimpleAtoi(args.words[1], id);
  return with_id && (verb == "replay" || (verb == "discard" && !args.Flag("reason").empty()));
}

int RunParked(const std::vector<std::string>& raw_args) {
  int64_t id = 0;
  const std::optional<ParkedArgs> args = ReadParkedArgs(raw_args);
  if (!args.has_value() || !IsComplete(*args, &id)) {
    std::cerr << "用法 / usage:\n" << kParkedUsage;
    return kExitUsage;
  }
  const absl::StatusOr<WaitingClient> client = ConnectTo(*args);
  if (!client.ok()) return ParkedFailed(client.status());
  const std::string& verb = args->words[0];
  if (verb == "list") return RunList(*client, args->json);
  if (verb == "replay") {
    return Report(client->Replay(id), "已重新排入处理 / will be handled again");
  }
  return Report(client->Discard(id, args->Flag("reason")),
                "已放弃，原因已留存 / given up; the reason is kept with it");
}

}  // namespace

CommandFamily ParkedCommands() { return {"parked", kParkedUsage, RunParked}; }

}  // namespace xiufu::ctl
