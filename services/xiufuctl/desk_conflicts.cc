#include "services/xiufuctl/desk_conflicts.h"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/command.h"
#include "services/xiufuctl/local_time.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/request_id.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/result/v1/conflict.grpc.pb.h"
#include "xiufu/routing/v1/conflict.grpc.pb.h"
#include "xiufu/stream/v1/stream.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using ResultConflict = result::v1::Conflict;
using routing::v1::AnswerConflict;
using Answers = Operator<routing::v1::ConflictService>;
using Ledger = Operator<result::v1::ConflictService>;
using stream::v1::WaitingMessage;
using stream::v1::WaitingService;

constexpr const char* kServices[] = {"intake", "routing", "department_adapter", "result_sync",
                                     "publication"};

// One thing to compare: what, since when, and the command for each choice.
struct ConflictRow {
  std::string service;
  std::string kind;
  std::string what;
  std::string reason;
  std::string since;
  std::vector<std::string> choices;
};
using Rows = std::vector<ConflictRow>;

constexpr char kWho[] = " --person NAME --reason TEXT";

absl::Status AddAnswers(const Arguments& where, Rows& rows) {
  const absl::StatusOr<Answers> desk = Answers::Of(where, "routing");
  if (!desk.ok()) return desk.status();
  const auto answers = desk->All(
      &Answers::Stub::ListConflicts, routing::v1::ListConflictsRequest(),
      [](const auto& page) -> const auto& { return page.conflicts(); });
  if (!answers.ok()) return answers.status();
  for (const AnswerConflict& one : *answers) {
    const std::string id = IdText(one.case_id());
    ConflictRow row{"routing",
                    one.objection() ? "OBJECTION_ANSWER" : "ANSWER",
                    absl::StrCat(one.number(), " ", id, " ", one.authority().name(), " ",
                                 one.answer_id(), " ", one.kind()),
                    one.reason(),
                    ZonedTime(one.since()),
                    {absl::StrCat("xiufuctl desk dismiss ", id, " --task ", IdText(one.task()),
                                  " --answer '", one.answer_id(), "'", kWho)}};
    if (one.can_be_allowed()) {
      row.choices.push_back(
          absl::StrCat("xiufuctl desk allow ", id, " --answer '", one.answer_id(), "'", kWho));
    }
    rows.push_back(std::move(row));
  }
  return absl::OkStatus();
}

// What publication refused to end, as the ledger was told.
absl::Status AddEndings(const Arguments& where, Rows& rows) {
  const absl::StatusOr<Ledger> ledger = Ledger::Of(where, "result_sync");
  if (!ledger.ok()) return ledger.status();
  const auto conflicts = ledger->All(
      &Ledger::Stub::ListConflicts, result::v1::ListConflictsRequest(),
      [](const auto& page) -> const auto& { return page.conflicts(); });
  if (!conflicts.ok()) return conflicts.status();
  for (const ResultConflict& one : *conflicts) {
    const std::string decision = IdText(one.decision());
    rows.push_back(
        {"result_sync",
         "ENDING_REFUSED",
         absl::StrCat("决定 / decision ", decision, " 记录 / record ", IdText(one.record()), " v",
                      one.expected_version(), " → v", one.version()),
         one.reason(),
         ZonedTime(one.since()),
         {absl::StrCat("xiufuctl endings carry-out ", decision, kWho),
          absl::StrCat("xiufuctl desk settle ", decision, kWho)}});
  }
  return absl::OkStatus();
}

// Inputs that contradict what is known: other content under a known key.
absl::Status AddContradictions(const Arguments& where, const std::string& service, Rows& rows) {
  const auto waiting = Operator<WaitingService>::Of(where, service);
  if (!waiting.ok()) return waiting.status();
  stream::v1::ListWaitingRequest request;
  request.set_state(stream::v1::WAITING_STATE_PARKED);
  const auto parked = waiting->All(
      &WaitingService::Stub::ListWaiting, request,
      [](const auto& page) -> const auto& { return page.messages(); });
  if (!parked.ok()) return parked.status();
  for (const WaitingMessage& one : *parked) {
    if (!absl::StrContains(one.reason(), "ALREADY_EXISTS")) continue;
    const std::string id = one.has_job() ? IdText(one.job().id()) : absl::StrCat(one.id());
    const std::string at = absl::StrCat(" ", id, " --service ", service);
    rows.push_back(
        {service,
         "CONTRADICTION",
         absl::StrCat(one.type(), " ", IdText(one.application()), " ", IdText(one.case_id())),
         one.reason(),
         ZonedTime(one.first_seen()),
         {absl::StrCat("xiufuctl parked discard", at, " --reason TEXT"),
          absl::StrCat("xiufuctl parked replay", at)}});
  }
  return absl::OkStatus();
}

nlohmann::json ConflictJson(const ConflictRow& row) {
  return {{"service", row.service}, {"kind", row.kind},   {"what", row.what},
          {"reason", row.reason},   {"since", row.since}, {"choices", row.choices}};
}

void PrintConflict(const ConflictRow& row) {
  std::cout << row.kind << "  " << row.what << '\n'
            << "  服务 / service: " << row.service << '\n'
            << "  原因 / reason: " << row.reason << '\n'
            << "  自 / since: " << row.since << '\n';
  for (const std::string& choice : row.choices) {
    std::cout << "  可选 / choice: " << choice << '\n';
  }
}

// A service that cannot be asked hides nothing of the others, and is told.
int ListConflicts(const Arguments& where, bool json) {
  Rows rows;
  nlohmann::json unasked = nlohmann::json::array();
  const auto add = [&](const std::string& service, const absl::Status& status) {
    if (status.ok()) return;
    unasked.push_back(service);
    std::cerr << "无法查询 / cannot be asked: " << service << ": " << status.message() << '\n';
  };
  add("routing", AddAnswers(where, rows));
  add("result_sync", AddEndings(where, rows));
  for (const char* service : kServices) add(service, AddContradictions(where, service, rows));
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.since < b.since; });
  if (json) {
    nlohmann::json list = nlohmann::json::array();
    for (const ConflictRow& row : rows) list.push_back(ConflictJson(row));
    std::cout << nlohmann::json{{"conflicts", list}, {"unasked", unasked}}.dump() << '\n';
  } else if (rows.empty()) {
    std::cout << "没有需要人工比对的事项 / nothing is to be compared\n";
  } else {
    for (const ConflictRow& row : rows) PrintConflict(row);
  }
  std::cout.flush();
  return std::cout && unasked.empty() ? kExitOk : kExitFailed;
}

int Dismiss(const Arguments& args, const Id& case_id, const Id& task) {
  const absl::StatusOr<Answers> desk = Answers::Of(args, "routing");
  if (!desk.ok()) return Failed(desk.status());
  routing::v1::DismissAnswerRequest request;
  request.set_request_id(NewRequestId());
  request.set_case_id(std::string(case_id.bytes()));
  request.set_task(std::string(task.bytes()));
  request.set_answer_id(args.Value("answer"));
  request.set_person(args.Value("person"));
  request.set_reason(args.Value("reason"));
  return Done(desk->Call(&Answers::Stub::DismissAnswer, request).status(),
              "已留存，经办人和理由已记录 / left as it is; who did it and why is kept");
}

int Settle(const Arguments& args, const Id& decision) {
  const absl::StatusOr<Ledger> ledger = Ledger::Of(args, "result_sync");
  if (!ledger.ok()) return Failed(ledger.status());
  result::v1::SettleConflictRequest request;
  request.set_request_id(NewRequestId());
  request.set_decision(std::string(decision.bytes()));
  request.set_person(args.Value("person"));
  request.set_reason(args.Value("reason"));
  return Done(ledger->Call(&Ledger::Stub::SettleConflict, request).status(),
              "记录维持现状，经办人和理由已记录 / the record stays; who did it and why is kept");
}

bool NamesPersonAndReason(const Arguments& args) {
  return !absl::StripAsciiWhitespace(args.Value("person")).empty() &&
         !absl::StripAsciiWhitespace(args.Value("reason")).empty();
}

}  // namespace

int RunDeskConflicts(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args, {"config", "target", "credentials", "task", "answer", "person", "reason"},
      {"json"});
  if (!args.ok()) return UsageError(kConflictsUsage, args.status());
  if (args->word(0) == "conflicts" && args->words().size() == 1) {
    return ListConflicts(*args, args->Has("json"));
  }
  const absl::StatusOr<Id> about = Id::Parse(args->word(1));
  if (args->words().size() != 2 || !about.ok() || !NamesPersonAndReason(*args)) {
    return UsageError(kConflictsUsage);
  }
  if (args->word(0) == "settle") return Settle(*args, *about);
  const absl::StatusOr<Id> task = Id::Parse(args->Value("task"));
  if (!task.ok() || args->Value("answer").empty()) return UsageError(kConflictsUsage);
  return Dismiss(*args, *about, *task);
}

}  // namespace xiufu::ctl
