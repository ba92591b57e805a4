#include "services/xiufuctl/notify_command.h"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/numbers.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/local_time.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/intake/v1/notification.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using intake::v1::Notification;
using Notifications = Operator<intake::v1::NotificationService>;

constexpr char kNotifyUsage[] =
    "  notify list [--number NUMBER] [--unsent] [--limit N, 100] [--json] [WHERE]\n"
    "                       列出主动告知申请人的消息和每次发送的结果，新的在前；被拒收的见 parked "
    "/\n"
    "                       what applicants were told without asking and what came of each "
    "attempt,\n"
    "                       newest first; what was refused for good is parked\n";

// The newest `limit` of them.
absl::StatusOr<std::vector<Notification>> FetchNotifications(const Arguments& args, int limit) {
  const absl::StatusOr<Notifications> notifications = Notifications::Of(args, "intake");
  if (!notifications.ok()) return notifications.status();
  std::vector<Notification> all;
  intake::v1::ListNotificationsRequest request;
  request.set_number(args.Value("number"));
  request.set_unsent(args.Has("unsent"));
  do {
    request.set_page_size(std::min(limit - static_cast<int>(all.size()), 200));
    const auto page = notifications->Call(&Notifications::Stub::ListNotifications, request);
    if (!page.ok()) return page.status();
    all.insert(all.end(), page->notifications().begin(), page->notifications().end());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty() && static_cast<int>(all.size()) < limit);
  return all;
}

nlohmann::json NotifyJson(const Notification& one) {
  nlohmann::json attempts = nlohmann::json::array();
  for (const Notification::Attempts& run : one.attempts()) {
    attempts.push_back({{"outcome", run.outcome()},
                        {"times", run.times()},
                        {"first", ZonedTime(run.first_time())},
                        {"last", ZonedTime(run.last_time())}});
  }
  return {{"id", one.id()},
          {"number", one.number()},
          {"case", one.case_name()},
          {"code", one.code()},
          {"channel", one.channel()},
          {"state", Notification::State_Name(one.state())},
          {"text", one.text()},
          {"told", ZonedTime(one.told_time())},
          {"due", ZonedTime(one.due_time())},
          {"attempts", attempts}};
}

void PrintNotification(const Notification& one) {
  std::cout << Notification::State_Name(one.state()) << "  " << one.channel() << "  " << one.code()
            << "  " << one.id() << '\n'
            << "  " << one.text() << '\n'
            << "  应发 / due " << ZonedTime(one.due_time()) << '\n';
  for (const Notification::Attempts& run : one.attempts()) {
    std::cout << "  " << run.times() << " × " << run.outcome() << "  " << ZonedTime(run.last_time())
              << '\n';
  }
}

int RunNotify(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args, {"number", "limit", "config", "target", "credentials"}, {"unsent", "json"});
  if (!args.ok()) return UsageError(kNotifyUsage, args.status());
  int limit = 0;
  if (args->words().size() != 1 || args->word(0) != "list" ||
      !absl::SimpleAtoi(args->Value("limit", "100"), &limit) || limit < 1) {
    return UsageError(kNotifyUsage);
  }
  return TellRows(FetchNotifications(*args, limit), "notifications", "没有消息 / none",
                  args->Has("json"), NotifyJson, PrintNotification);
}

}  // namespace

CommandFamily NotifyCommands() { return {"notify", kNotifyUsage, RunNotify}; }

}  // namespace xiufu::ctl
