#include "services/xiufuctl/desk_command.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/desk_client.h"
#include "services/xiufuctl/desk_common.h"
#include "services/xiufuctl/desk_conflicts.h"
#include "services/xiufuctl/desk_objections.h"

namespace xiufu::ctl {
namespace {

using routing::v1::UnassignedCase;
using routing::v1::UncountedAnswer;

constexpr char kDeskUsage[] =
    "  desk cases [--json] [--target HOST:PORT, 127.0.0.1:7102] [--credentials DIR]\n"
    "                       列出待分办的子办件及原因 / cases that no authority has, and why\n"
    "  desk assign CASE --authority CODE --person NAME --reason TEXT [--target HOST:PORT]\n"
    "                       [--credentials DIR]\n"
    "                       将子办件分办给认定单位，记录经办人和理由 / gives a case to an\n"
    "                       authority; who did it and why is kept\n"
    "  desk allow CASE --answer ID --person NAME --reason TEXT [--target HOST:PORT]\n"
    "                       [--credentials DIR]\n"
    "                       主管人员同意认定单位以新的理由再次要求补正 / a supervisor lets an\n"
    "                       authority ask for one more supplement, on a new ground\n"
    "  desk answers [--json] [--target HOST:PORT] [--credentials DIR]\n"
    "                       列出已留存但未采用的答复及原因 / answers that were kept and do not\n"
    "                       count, and why\n";

// All commands of the family.
const char* Usage() {
  static const auto& usage =
      *new std::string(absl::StrCat(kDeskUsage, kConflictsUsage, kObjectionsUsage));
  return usage.c_str();
}

nlohmann::json DeskJson(const UnassignedCase& one) {
  return {{"case", DeskId(one.case_id())},
          {"application", DeskId(one.application())},
          {"number", one.application_number()},
          {"document_no", one.record().document_no()},
          {"determined_by", one.record().authority().name()},
          {"reason", one.reason()},
          {"since", DeskTime(one.since())}};
}

nlohmann::json DeskJson(const UncountedAnswer& one) {
  return {{"case", DeskId(one.case_id())},
          {"application", DeskId(one.application())},
          {"number", one.application_number()},
          {"authority", {{"code", one.authority().code()}, {"name", one.authority().name()}}},
          {"answer", one.answer_id()},
          {"kind", one.kind()},
          {"reason", one.reason()},
          {"received_at", DeskTime(one.received_at())}};
}

void PrintDesk(const UnassignedCase& one) {
  std::cout << "子办件 / case  " << DeskId(one.case_id()) << '\n'
            << "  申请 / application: " << one.application_number() << '\n'
            << "  记录 / record: " << one.record().document_no() << "  "
            << one.record().authority().name() << '\n'
            << "  原因 / reason: " << one.reason() << '\n'
            << "  待分办自 / since " << DeskTime(one.since()) << '\n';
}

void PrintDesk(const UncountedAnswer& one) {
  std::cout << "答复 / answer  " << one.answer_id() << "  " << one.kind() << "  "
            << one.authority().name() << '\n'
            << "  子办件 / case: " << DeskId(one.case_id()) << '\n'
            << "  申请 / application: " << one.application_number() << '\n'
            << "  未采用原因 / why it does not count: " << one.reason() << '\n'
            << "  收到 / received " << DeskTime(one.received_at()) << '\n';
}

template <typename Row>
int ListDesk(const absl::StatusOr<std::vector<Row>>& rows, const char* name, const char* none,
             bool json) {
  if (!rows.ok()) return DeskFailed(rows.status());
  nlohmann::json list = nlohmann::json::array();
  for (const Row& row : *rows) {
    json ? list.push_back(DeskJson(row)) : PrintDesk(row);
  }
  if (json) {
    std::cout << nlohmann::json{{name, list}}.dump() << '\n';
  } else if (rows->empty()) {
    std::cout << none << '\n';
  }
  std::cout.flush();
  return std::cout ? kExitOk : kExitFailed;
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

int AssignFromDesk(const DeskClient& client, const Id& case_id, const Arguments& args) {
  auto request = DeskAct<routing::v1::AssignCaseRequest>(case_id, args);
  request.set_authority_code(args.Value("authority"));
  return DeskDone(client.Assign(request),
                  "已分办，经办人和理由已留存 / assigned; who did it and why is kept");
}

int AllowFromDesk(const DeskClient& client, const Id& case_id, const Arguments& args) {
  auto request = DeskAct<routing::v1::AllowSupplementRequest>(case_id, args);
  request.set_answer_id(args.Value("answer"));
  return DeskDone(client.Allow(request),
                  "已同意再次补正，理由已留存 / allowed; who did it and why is kept");
}

int ListFromDesk(const DeskClient& client, bool answers, bool json) {
  if (answers) {
    return ListDesk(client.Uncounted(), "answers", "没有未采用的答复 / every answer counts", json);
  }
  return ListDesk(client.Unassigned(), "cases", "没有待分办的子办件 / every case is with somebody",
                  json);
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
      raw_args, {"target", "credentials", "authority", "answer", "person", "reason"}, {"json"});
  if (!args.ok()) return UsageError(Usage(), args.status());
  const bool list =
      args->words().size() == 1 && (args->word(0) == "cases" || args->word(0) == "answers");
  const absl::StatusOr<Id> case_id = Id::Parse(args->word(1));
  const bool assign = case_id.ok() && IsAct(*args, "assign", "authority");
  const bool allow = case_id.ok() && IsAct(*args, "allow", "answer");
  if (!list && !assign && !allow) return UsageError(Usage());
  const absl::StatusOr<DeskClient> client = DeskClient::Connect(
      args->Value("target", "127.0.0.1:7102"), args->Value("credentials", "var/credentials"));
  if (!client.ok()) return DeskFailed(client.status());
  if (assign) return AssignFromDesk(*client, *case_id, *args);
  if (allow) return AllowFromDesk(*client, *case_id, *args);
  return ListFromDesk(*client, args->word(0) == "answers", args->Has("json"));
}

}  // namespace

CommandFamily DeskCommands() { return {"desk", Usage(), RunDesk}; }

}  // namespace xiufu::ctl
