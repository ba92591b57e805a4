#include "services/xiufuctl/supervise_command.h"

#include <google/protobuf/util/json_util.h>

#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/local_time.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/request_id.h"
#include "services/xiufuctl/telling.h"
#include "services/xiufuctl/window_client.h"
#include "xiufu/routing/v1/order_letter.grpc.pb.h"
#include "xiufu/routing/v1/supervision.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using Supervision = Operator<routing::v1::SupervisionService>;

constexpr char kSuperviseUsage[] =
    "  supervise clocks|overdue|reminders|escalations|proposals|orders|figures\n"
    "                       [--authority CODE] [--case CASE] [--open] [--json] [WHERE]\n"
    "                       时限和红黄灯、逾期、提醒、逐级上报、督办建议、督办单、各单位统计 /\n"
    "                       clocks and lights, what is overdue, what was told to whom, orders\n"
    "                       that are proposed or issued, figures per authority\n"
    "  supervise issue CASE --kind KIND --person NAME --demand TEXT [WHERE]\n"
    "                       就逾期时限向认定单位发督办单 / issues a supervision order about a\n"
    "                       deadline that the authority has missed\n"
    "  supervise reply NUMBER --person NAME --reply TEXT [WHERE]\n"
    "                       登记督办单的答复 / records what the authority replied\n"
    "  supervise print NUMBER --out FILE.pdf [WHERE]\n"
    "                       打印督办单 / the order on paper\n";

std::string SuperviseTime(const google::protobuf::Timestamp& time) {
  return time.seconds() == 0 ? "-" : ZonedTime(time);
}

std::string LightWord(routing::v1::Light light) {
  if (light == routing::v1::LIGHT_RED) return "红灯 RED";
  return light == routing::v1::LIGHT_YELLOW ? "黄灯 YELLOW" : "绿灯 GREEN";
}

std::string SuperviseLine(const routing::v1::Clock& clock) {
  return absl::StrCat(LightWord(clock.light()), "  ", clock.deadline().kind(), "  ",
                      clock.deadline().due_date(), "  ", clock.authority().code(), "  ",
                      clock.application_number(), "  ", IdText(clock.case_id()));
}

std::string SuperviseLine(const routing::v1::Overdue& overdue) {
  return absl::StrCat(overdue.kind(), "  ", SuperviseTime(overdue.since()), "  ",
                      SuperviseTime(overdue.until()), "  ", overdue.authority_code(), "  ",
                      overdue.application_number(), "  ", IdText(overdue.case_id()));
}

std::string SuperviseLine(const routing::v1::Reminder& reminder) {
  return absl::StrCat(SuperviseTime(reminder.at()), "  ", LightWord(reminder.light()), "  ",
                      reminder.kind(), "  ", reminder.due_date(), "  ", reminder.authority_code(),
                      "  ", IdText(reminder.case_id()));
}

std::string SuperviseLine(const routing::v1::Escalation& escalation) {
  return absl::StrCat(SuperviseTime(escalation.at()), "  ", escalation.step(), " ", escalation.to(),
                      escalation.to_name().empty() ? "" : " ", escalation.to_name(),
                      escalation.proposes_order() ? " 建议督办 / order" : "", "  ",
                      escalation.kind(), "  ", escalation.authority_code(), "  ",
                      IdText(escalation.case_id()));
}

std::string SuperviseLine(const routing::v1::SupervisionOrder& order) {
  return absl::StrCat("督办单 ", order.number(), "  ", order.authority().name(), "  ", order.kind(),
                      "  ", LightWord(order.light()),
                      "\n  子办件 / case: ", IdText(order.case_id()),
                      "\n  签发 / issued: ", order.person(), " ", SuperviseTime(order.issued_at()),
                      "\n  要求 / demand: ", order.demand(),
                      "\n  答复期限 / reply due: ", order.reply_due().due_date(),
                      "\n  答复 / reply: ", order.reply().empty() ? "-" : order.reply(), " ",
                      order.replied_by(), " ", SuperviseTime(order.replied_at()));
}

std::string SuperviseLine(const routing::v1::AuthorityFigures& figures) {
  const double ended =
      figures.ended_cases() == 0 ? 1.0 : static_cast<double>(figures.ended_cases());
  const auto hours = [&](int64_t ms) {
    return absl::StrFormat("%.1fh", static_cast<double>(ms) / ended / 3600000.0);
  };
  return absl::StrCat(
      figures.authority().code(), "  在办 / open ", figures.open_cases(), "  办结 / ended ",
      figures.ended_cases(), "  平均 / mean: 总 gross ", hours(figures.gross_ms()), " 净 net ",
      hours(figures.net_ms()), "  逾期 / overdue ", figures.overdue_now(), " (",
      figures.overdue_ever(), ")  未送达 / undelivered ", figures.undelivered_ever(),
      "  补正 / supplements ", figures.supplement_requests(), " (", figures.supplement_rounds(),
      ")  督办单 / orders ", figures.orders(), " (", figures.orders_unanswered(), ")");
}

// One row a line; as JSON one object a line, in the field names of the proto.
template <typename Row>
int PrintSupervised(const absl::StatusOr<std::vector<Row>>& rows, bool json) {
  if (!rows.ok()) return Failed(rows.status());
  for (const Row& row : *rows) {
    std::string line;
    if (!json) {
      line = SuperviseLine(row);
    } else if (!google::protobuf::util::MessageToJsonString(row, &line).ok()) {
      return Failed(absl::InternalError("a row that is no JSON"));
    }
    std::cout << line << '\n';
  }
  if (rows->empty() && !json) std::cout << "没有 / none\n";
  return Told();
}

int ListSupervised(const Supervision& desk, const std::string& what, const Arguments& args) {
  const std::string authority = args.Value("authority");
  const bool json = args.Has("json");
  if (what == "clocks") {
    routing::v1::ListClocksRequest request;
    request.set_authority_code(authority);
    if (const absl::StatusOr<Id> id = Id::Parse(args.Value("case")); id.ok()) {
      request.set_case_id(std::string(id->bytes()));
    }
    if (args.Has("open")) request.set_at_least(routing::v1::LIGHT_YELLOW);
    return PrintSupervised(desk.All(
                               &Supervision::Stub::ListClocks, request,
                               [](const auto& page) -> const auto& { return page.clocks(); }),
                           json);
  }
  if (what == "overdue") {
    routing::v1::ListOverdueRequest request;
    request.set_authority_code(authority);
    request.set_open_only(args.Has("open"));
    return PrintSupervised(desk.All(
                               &Supervision::Stub::ListOverdue, request,
                               [](const auto& page) -> const auto& { return page.overdue(); }),
                           json);
  }
  if (what == "reminders") {
    routing::v1::ListRemindersRequest request;
    request.set_authority_code(authority);
    return PrintSupervised(desk.All(
                               &Supervision::Stub::ListReminders, request,
                               [](const auto& page) -> const auto& { return page.reminders(); }),
                           json);
  }
  if (what == "orders") {
    routing::v1::ListOrdersRequest request;
    request.set_authority_code(authority);
    request.set_open_only(args.Has("open"));
    return PrintSupervised(desk.All(
                               &Supervision::Stub::ListOrders, request,
                               [](const auto& page) -> const auto& { return page.orders(); }),
                           json);
  }
  if (what == "figures")
    return PrintSupervised(
        desk.All(
            &Supervision::Stub::ListAuthorityFigures, routing::v1::ListAuthorityFiguresRequest(),
            [](const auto& page) -> const auto& { return page.figures(); }),
        json);
  routing::v1::ListEscalationsRequest request;
  request.set_authority_code(authority);
  request.set_open_proposals(what == "proposals");
  return PrintSupervised(desk.All(
                             &Supervision::Stub::ListEscalations, request,
                             [](const auto& page) -> const auto& { return page.escalations(); }),
                         json);
}

int PrintOrder(const absl::StatusOr<routing::v1::SupervisionOrder>& order) {
  if (!order.ok()) return Failed(order.status());
  std::cout << SuperviseLine(*order) << '\n';
  return kExitOk;
}

int IssueSupervised(const Supervision& desk, const Id& case_id, const Arguments& args) {
  routing::v1::IssueOrderRequest request;
  request.set_request_id(NewRequestId());
  request.set_case_id(std::string(case_id.bytes()));
  request.set_kind(args.Value("kind"));
  request.set_person(args.Value("person"));
  request.set_demand(args.Value("demand"));
  return PrintOrder(desk.Call(&Supervision::Stub::IssueOrder, request));
}

int ReplySupervised(const Supervision& desk, const Arguments& args) {
  routing::v1::RecordReplyRequest request;
  request.set_request_id(NewRequestId());
  request.set_number(args.word(1));
  request.set_person(args.Value("person"));
  request.set_reply(args.Value("reply"));
  return PrintOrder(desk.Call(&Supervision::Stub::RecordReply, request));
}

int PrintOrderOnPaper(const Arguments& args) {
  const auto letters = Operator<routing::v1::OrderLetterService>::Of(args, "routing");
  if (!letters.ok()) return Failed(letters.status());
  routing::v1::RenderOrderRequest request;
  request.set_number(args.word(1));
  const auto letter = letters->Call(&routing::v1::OrderLetterService::Stub::RenderOrder, request);
  if (!letter.ok()) return Failed(letter.status());
  const std::string path = args.Value("out");
  if (absl::Status status = WriteWholeFile(path, letter->content()); !status.ok()) {
    return Failed(status);
  }
  std::cerr << path << "  " << letter->file_name() << '\n';
  return kExitOk;
}

bool IsSupervisedList(const std::string& word) {
  return word == "clocks" || word == "overdue" || word == "reminders" || word == "escalations" ||
         word == "proposals" || word == "orders" || word == "figures";
}

int RunSupervise(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args =
      Arguments::Read(raw_args,
                      {"config", "target", "credentials", "authority", "case", "kind", "person",
                       "demand", "reply", "out"},
                      {"json", "open"});
  if (!args.ok()) return UsageError(kSuperviseUsage, args.status());
  const size_t words = args->words().size();
  const absl::StatusOr<Id> case_id = Id::Parse(args->word(1));
  const bool list = words == 1 && IsSupervisedList(args->word(0));
  const bool issue = words == 2 && args->word(0) == "issue" && case_id.ok();
  const bool reply = words == 2 && args->word(0) == "reply";
  const bool print = words == 2 && args->word(0) == "print" && args->Has("out");
  if (print) return PrintOrderOnPaper(*args);
  if (!list && !issue && !reply) return UsageError(kSuperviseUsage);
  const absl::StatusOr<Supervision> desk = Supervision::Of(*args, "routing");
  if (!desk.ok()) return Failed(desk.status());
  if (issue) return IssueSupervised(*desk, *case_id, *args);
  if (reply) return ReplySupervised(*desk, *args);
  return ListSupervised(*desk, args->word(0), *args);
}

}  // namespace

CommandFamily SuperviseCommands() { return {"supervise", kSuperviseUsage, RunSupervise}; }

}  // namespace xiufu::ctl
