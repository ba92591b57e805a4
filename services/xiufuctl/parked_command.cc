#include "services/xiufuctl/parked_command.h"

#include <iostream>
#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/telling.h"
#include "services/xiufuctl/waiting_output.h"
#include "xiufu/stream/v1/stream.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using ParkedDesk = Operator<stream::v1::WaitingService>;
// The number of an event, or the id of a call.
using What = std::variant<int64_t, Id>;

constexpr char kParkedUsage[] =
    "  parked list AT [--discarded] [--json]\n"
    "                       列出等待处理的消息和滞留的对外调用 / list the messages that wait and\n"
    "                       the calls to the outside that are parked; --discarded: 已放弃的 /\n"
    "                       what was given up\n"
    "  parked replay ID AT\n"
    "                       重新处理一条滞留消息，或重新发起一次滞留的调用 / handle a parked\n"
    "                       message again, or make a parked call again\n"
    "  parked discard ID --reason TEXT AT\n"
    "                       注明原因后放弃 / give a parked message or call up, with a reason;\n"
    "                       放弃调用后办件不会自行变化，任务仍为未送达 / after a call is given up\n"
    "                       nothing happens to its case by itself: the task stays undelivered\n"
    "                       ID: 消息为编号，调用为UUID / a number for a message, a UUID for a "
    "call\n"
    "                       AT: --service NAME [--config DIR, var/config]\n"
    "                         | --target HOST:PORT [--credentials DIR, var/credentials]\n";

constexpr char kEventGivenUp[] = "已放弃，原因已留存 / given up; the reason is kept with it";
constexpr char kCallGivenUp[] =
    "已放弃，原因已留存；办件不会自行变化，任务仍为未送达，需另行处理 / given up; the reason is "
    "kept "
    "with it. Nothing happens to the case by itself: the task stays undelivered until somebody "
    "sees "
    "to it";

int ListParked(const ParkedDesk& waiting, const Arguments& args) {
  stream::v1::ListWaitingRequest request;
  request.set_page_size(1000);
  request.set_state(args.Has("discarded") ? stream::v1::WAITING_STATE_DISCARDED
                                          : stream::v1::WAITING_STATE_UNSPECIFIED);
  const auto messages = waiting.All(
      &ParkedDesk::Stub::ListWaiting, request,
      [](const auto& page) -> const auto& { return page.messages(); });
  if (!messages.ok()) return Failed(messages.status());
  std::cout << (args.Has("json") ? WaitingJson(*messages) : WaitingText(*messages));
  return Told();
}

template <typename Request>
Request ParkedAct(const What& what) {
  Request request;
  if (const auto* event = std::get_if<int64_t>(&what)) {
    request.set_id(*event);
  } else {
    request.set_job(std::string(std::get<Id>(what).bytes()));
  }
  return request;
}

bool ReadWhat(const std::string& word, What* what) {
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
bool IsComplete(const Arguments& args, What* what) {
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
  What what;
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args, {"service", "config", "target", "credentials", "reason"}, {"json", "discarded"});
  if (!args.ok()) return UsageError(kParkedUsage, args.status());
  if (!IsComplete(*args, &what)) return UsageError(kParkedUsage);
  const absl::StatusOr<ParkedDesk> waiting = ParkedDesk::Of(*args, args->Value("service"));
  if (!waiting.ok()) return Failed(waiting.status());
  const std::string& verb = args->words()[0];
  if (verb == "list") return ListParked(*waiting, *args);
  const bool is_call = std::holds_alternative<Id>(what);
  if (verb == "replay") {
    const auto request = ParkedAct<stream::v1::ReplayParkedRequest>(what);
    return Done(waiting->Call(&ParkedDesk::Stub::ReplayParked, request).status(),
                is_call ? "将立即重新发起调用 / the call is made again now"
                        : "已重新排入处理 / will be handled again");
  }
  auto request = ParkedAct<stream::v1::DiscardParkedRequest>(what);
  request.set_reason(args->Value("reason"));
  return Done(waiting->Call(&ParkedDesk::Stub::DiscardParked, request).status(),
              is_call ? kCallGivenUp : kEventGivenUp);
}

}  // namespace

CommandFamily ParkedCommands() { return {"parked", kParkedUsage, RunParked}; }

}  // namespace xiufu::ctl
