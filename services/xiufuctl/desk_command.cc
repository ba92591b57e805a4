#include "services/xiufuctl/desk_command.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/desk_conflicts.h"
#include "services/xiufuctl/desk_objections.h"
#include "services/xiufuctl/local_time.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/request_id.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/routing/v1/routing.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using routing::v1::RoutingService;
using routing::v1::UnassignedCase;
using routing::v1::UncountedAnswer;
using Desk = Operator<RoutingService>;

constexpr char kDeskUsage[] =
    "  desk cases [--json] [WHERE]\n"
    "                       列出待分办的子办件及原因 / cases that no authority has, and why\n"
    "  desk assign CASE --authority CODE --person NAME --reason TEXT [WHERE]\n"
    "                       将子办件分办给认定单位，记录经办人和理由 / gives a case to an\n"
    "                       authority; who did it and why is kept\n"
    "  desk allow CASE --answer ID --person NAME --reason TEXT [WHERE]\n"
    "                       主管人员同意认定单位以新的理由再次要求补正 / a supervisor lets an\n"
    "                       authority ask for one more supplement, on a new ground\n"
    "  desk answers [--json] [WHERE]\n"
    "                       列出已留存但未采用的答复及原因 / answers that were kept and do not\n"
    "                       count, and why\n";

// All commands of the family.
const char* Usage() {
  static const auto& usage =
      *new std::string(absl::StrCat(kDeskUsage, kConflictsUsage, kObjectionsUsage));
  return usage.c_str();
}

nlohmann::json DeskJson(const UnassignedCase& one) {
  return {{"case", IdText(one.case_id())},
          {"application", IdText(one.application())},
          {"number", one.application_number()},
          {"document_no", one.record().document_no()},
          {"determined_by", one.record().authority().name()},
          {"reason", one.reason()},
          {"since", ZonedTime(one.since())}};
}

nlohmann::json DeskJson(const UncountedAnswer& one) {
  return {{"case", IdText(one.case_id())},
          {"application", IdText(one.application())},
          {"number", one.application_number()},
          {"authority", {{"code", one.authority().code()}, {"name", one.authority().name()}}},
          {"answer", one.answer_id()},
          {"kind", one.kind()},
          {"reason", one.reason()},
          {"received_at", ZonedTime(one.received_at())}};
}

void PrintDesk(const UnassignedCase& one) {
  std::cout << "子办件 / case  " << IdText(one.case_id()) << '\n'
            << "  申请 / application: " << one.application_number() << '\n'
            << "  记录 / record: " << one.record().document_no() << "  "
            << one.record().authority().name() << '\n'
            << "  原因 / reason: " << one.reason() << '\n'
            << "  待分办自 / since " << ZonedTime(one.since()) << '\n';
}

void PrintDesk(const UncountedAnswer& one) {
  std::cout << "答复 / answer  " << one.answer_id() << "  " << one.kind() << "  "
            << one.authority().name() << '\n'
            << "  子办件 / case: " << IdText(one.case_id()) << '\n'
            << "  申请 / application: " << one.application_number() << '\n'
            << "  未采用原因 / why it does not count: " << one.reason() << '\n'
            << "  收到 / received " << ZonedTime(one.received_at()) << '\n';
}

// A person's act, with a request id of its own.
template <typename Request>
Request DeskAct(const Id& case_id, const Arguments& args) {
  Request request;
  request.set_request_id(NewRequestId());
  request.set_case_id(std::string(case_id.bytes()));
  request.set_person(args.Value("person"));
  request.set_reason(args.Value("reason"));
  return request;
}

int AssignFromDesk(const Desk& desk, const Id& case_id, const Arguments& args) {
  auto request = DeskAct<routing::v1::AssignCaseRequest>(case_id, args);
  request.set_authority_code(args.Value("authority"));
  return Done(desk.Call(&Desk::Stub::AssignCase, request).status(),
              "已分办，经办人和理由已留存 / assigned; who did it and why is kept");
}

int AllowFromDesk(const Desk& desk, const Id& case_id, const Arguments& args) {
  auto request = DeskAct<routing::v1::AllowSupplementRequest>(case_id, args);
  request.set_answer_id(args.Value("answer"));
  return Done(desk.Call(&Desk::Stub::AllowSupplement, request).status(),
              "已同意再次补正，理由已留存 / allowed; who did it and why is kept");
}

int ListFromDesk(const Desk& desk, bool answers, bool json) {
  if (answers) {
    return TellRows(
        desk.All(
            &Desk::Stub::ListUncountedAnswers, routing::v1::ListUncountedAnswersRequest(),
            [](const auto& page) -> const auto& { return page.answers(); }),
        "answers", "没有未采用的答复 / every answer counts", json, DeskJson, PrintDesk);
  }
  return TellRows(desk.All(
                      &Desk::Stub::ListUnassignedCases, routing::v1::ListUnassignedCasesRequest(),
                      [](const auto& page) -> const auto& { return page.cases(); }),
                  "cases", "没有待分办的子办件 / every case is with somebody", json, DeskJson,
                  PrintDesk);
}

// A person acts: with the name of what is acted upon.
bool IsAct(const Arguments& args, absl::string_view word, const char* object) {
  return args.words().size() == 2 && args.word(0) == word && !args.Value(object).empty() &&
         !absl::StripAsciiWhitespace(args.Value("person")).empty() &&
         !absl::StripAsciiWhitespace(args.Value("reason")).empty();
}

int RunDesk(const std::vector<std::string>& raw_args) {
  const std::string what = raw_args.empty() ? "" : raw_args[0];
  if (what == "conflicts" || what == "dismiss" || what == "settle") {
    return RunDeskConflicts(raw_args);
  }
  if (what == "objections" || what == "assign-objection") return RunDeskObjections(raw_args);
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args, {"config", "target", "credentials", "authority", "answer", "person", "reason"},
      {"json"});
  if (!args.ok()) return UsageError(Usage(), args.status());
  const bool list =
      args->words().size() == 1 && (args->word(0) == "cases" || args->word(0) == "answers");
  const absl::StatusOr<Id> case_id = Id::Parse(args->word(1));
  const bool assign = case_id.ok() && IsAct(*args, "assign", "authority");
  const bool allow = case_id.ok() && IsAct(*args, "allow", "answer");
  if (!list && !assign && !allow) return UsageError(Usage());
  const absl::StatusOr<Desk> desk = Desk::Of(*args, "routing");
  if (!desk.ok()) return Failed(desk.status());
  if (assign) return AssignFromDesk(*desk, *case_id, *args);
  if (allow) return AllowFromDesk(*desk, *case_id, *args);
  return ListFromDesk(*desk, args->word(0) == "answers", args->Has("json"));
}

}  // namespace

CommandFamily DeskCommands() { return {"desk", Usage(), RunDesk}; }

}  // namespace xiufu::ctl
