#include "services/xiufuctl/parked_command.h"

#include <iostream>
#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/service_address.h"
#include "services/xiufuctl/waiting_client.h"
#include "services/xiufuctl/waiting_output.h"

namespace xiufu::ctl {
namespace {

constexpr char kParkedUsage[] =
    "  parked list WHERE [--discarded] [--json]\n"
    "                       列出等待处理的消息和滞留的对外调用 / list the messages that wait and\n"
    "                       the calls to the outside that are parked; --discarded: 已放弃的 /\n"
    "                       what was given up\n"
    "  parked replay ID WHERE\n"
    "                       重新处理一条滞留消息，或重新发起一次滞留的调用 / handle a parked\n"
    "                       message again, or make a parked call again\n"
    "  parked discard ID --reason TEXT WHERE\n"
    "                       注明原因后放弃 / give a parked message or call up, with a reason;\n"
    "                       放弃调用后办件不会自行变化，任务仍为未送达 / after a call is given up\n"
    "                       nothing happens to its case by itself: the task stays undelivered\n"
    "                       ID: 消息为编号，调用为UUID / a number for a message, a UUID for a "
    "call\n"
    "                       WHERE: --service NAME [--config DIR, var/config]\n"
    "                            | --target HOST:PORT [--credentials DIR, var/credentials]\n";

constexpr char kEventGivenUp[] = "已放弃，原因已留存 / given up; the reason is kept with it";
constexpr char kCallGivenUp[] =
    "已放弃，原因已留存；办件不会自行变化，任务仍为未送达，需另行处理 / given up; the reason is "
    "kept "
    "with it. Nothing happens to the case by itself: the task stays undelivered until somebody "
    "sees "
    "to it";

absl::StatusOr<WaitingClient> ConnectTo(const Arguments& args) {
  const absl::StatusOr<ServiceAddress> address = AddressOf(args);
  if (!address.ok()) return address.status();
  return WaitingClient::Connect(address->target, address->credentials);
}

int ParkedFailed(const absl::Status& status) {
  std::cerr << "未成功 / failed: " << absl::StatusCodeToString(status.code()) << ": "
            << status.message() << '\n';
  return kExitFailed;
}

int RunList(const WaitingClient& client, const Arguments& args) {
  const auto messages = client.List(args.Has("discarded") ? stream::v1::WAITING_STATE_DISCARDED
                                                          : stream::v1::WAITING_STATE_UNSPECIFIED);
  if (!messages.ok()) return ParkedFailed(messages.status());
  std::cout << (args.Has("json") ? WaitingJson(*messages) : WaitingText(*messages)) << std::flush;
  return std::cout ? kExitOk : kExitFailed;
}

int Report(const absl::Status& status, const char* done) {
  if (!status.ok()) return ParkedFailed(status);
  std::cout << done << '\n';
  return kExitOk;
}

bool ReadWhat(const std::string& word, WaitingClient::What* what) {
  int64_t number = 0;
  const absl::StatusOr<Id> call = Id::Parse(word);
  if (call.ok()) {
    *what = *call;
  } else if (absl::SimpleAtoi(word, &number)) {
    *what = number;
  } else {
    return false;
  }
  return true;
}

// Exactly one place to go to, and the words that the verb needs.
bool IsComplete(const Arguments& args, WaitingClient::What* what) {
  if (args.words().empty() || args.Value("service").empty() == args.Value("target").empty())
    return false;
  const std::string& verb = args.words()[0];
  if (verb == "list") return args.words().size() == 1;
  const bool with_id =
      args.words().size() == 2 && !args.Has("discarded") && ReadWhat(args.words()[1], what);
  return with_id &&
         (verb == "replay" ||
          (verb == "discard" && !absl::StripAsciiWhitespace(args.Value("reason")).empty()));
}

int RunParked(const std::vector<std::string>& raw_args) {
  WaitingClient::What what;
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args, {"service", "config", "target", "credentials", "reason"}, {"json", "discarded"});
  if (!args.ok()) return UsageError(kParkedUsage, args.status());
  if (!IsComplete(*args, &what)) return UsageError(kParkedUsage);
  const absl::StatusOr<WaitingClient> client = ConnectTo(*args);
  if (!client.ok()) return ParkedFailed(client.status());
  const std::string& verb = args->words()[0];
  if (verb == "list") return RunList(*client, *args);
  const bool is_call = std::holds_alternative<Id>(what);
  if (verb == "replay") {
    return Report(client->Replay(what), is_call ? "将立即重新发起调用 / the call is made again now"
                                                : "已重新排入处理 / will be handled again");
  }
  return Report(client->Discard(what, args->Value("reason")),
                is_call ? kCallGivenUp : kEventGivenUp);
}

}  // namespace

CommandFamily ParkedCommands() { return {"parked", kParkedUsage, RunParked}; }

}  // namespace xiufu::ctl
