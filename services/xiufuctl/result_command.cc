#include "services/xiufuctl/result_command.h"

#include <algorithm>
#include <initializer_list>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "libs/base/id.h"
#include "libs/base/status.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/revoke_result.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/publication/v1/publication.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using publication::v1::ReportResultRequest;
using publication::v1::ReportResultResponse;
using Withdrawn = publication::v1::ListWithdrawalsResponse::Withdrawn;
using Publication = Operator<publication::v1::PublicationService>;

constexpr char kResultUsage[] =
    "  result report --matter KIND --subject USCC (--authority USCC | --authority-name NAME)\n"
    "                (--document NO | --list NAME --listed-on DATE)\n"
    "                --result MOVED_OUT|REVOKED|ANNULLED --day DATE --source TEXT [--reason TEXT]\n"
    "                [--json] [WHERE]\n"
    "                       "
    "登记认定单位自行作出的结果：移出（恢复正常记载、删除、终止公示）、撤销、\n"
    "                       处罚变更或撤销；重复登记不产生变化 / what an authority did with a\n"
    "                       record by itself: moved out, revoked, or its penalty changed or\n"
    "                       annulled; told again, nothing changes. KIND: PENALTY, ABNORMAL_LIST,\n"
    "                       ABNORMAL_MARK, SOCIAL_ABNORMAL_LIST, SERIOUS_LIST, SPOT_CHECK,\n"
    "                       BREACH;\n"
    "                       --source: 来源，如来函文号 / who told it, e.g. the number of a "
    "letter\n";

// Of the whole family.
const std::string& ResultUsage() {
  static const std::string* const usage = new std::string(absl::StrCat(kResultUsage, kRevokeUsage));
  return *usage;
}

bool AreGiven(const Arguments& args, std::initializer_list<const char*> names) {
  return std::all_of(names.begin(), names.end(), [&](const char* name) { return args.Has(name); });
}

// Nothing when it is not a report, or not a whole one. What the values are worth is judged by
// publication.
std::optional<ReportResultRequest> RequestOf(const Arguments& args) {
  ReportResultRequest request;
  common::v1::MatterKind matter = common::v1::MATTER_KIND_UNSPECIFIED;
  ReportResultRequest::Kind result = ReportResultRequest::KIND_UNSPECIFIED;
  const bool whole =
      args.words() == std::vector<std::string>{"report"} &&
      AreGiven(args, {"matter", "subject", "result", "day", "source"}) &&
      args.Has("authority") != args.Has("authority-name") &&
      args.Has("document") != AreGiven(args, {"list", "listed-on"}) &&
      common::v1::MatterKind_Parse(absl::StrCat("MATTER_KIND_", args.Value("matter")), &matter) &&
      ReportResultRequest::Kind_Parse(args.Value("result"), &result);
  if (!whole) return std::nullopt;
  request.set_matter(matter);
  request.set_subject_uscc(args.Value("subject"));
  request.set_authority_uscc(args.Value("authority"));
  request.set_authority_name(args.Value("authority-name"));
  request.set_document_no(args.Value("document"));
  request.set_list_name(args.Value("list"));
  request.set_listed_on(args.Value("listed-on"));
  request.set_kind(result);
  request.set_day(args.Value("day"));
  request.set_reason(args.Value("reason"));
  request.set_source(args.Value("source"));
  return request;
}

std::string StateName(const common::v1::RecordSnapshot& record) {
  constexpr size_t kPrefix = sizeof("RECORD_STATE_") - 1;
  return common::v1::RecordState_Name(record.state()).substr(kPrefix);
}

// The receipt is passed on as it is kept.
nlohmann::json WithdrawalJson(const publication::v1::Withdrawal& withdrawal) {
  return {{"due", withdrawal.due_date()},
          {"withdrawn_on", withdrawal.withdrawn_on()},
          {"in_time", withdrawal.in_time()},
          {"receipt", nlohmann::json::parse(withdrawal.receipt(), nullptr, false)}};
}

void PrintRecord(const common::v1::RecordSnapshot& record) {
  std::cout << "  记录 / record: " << record.document_no() << "  " << record.authority().name()
            << "  " << IdText(record.record()) << '\n'
            << "  现状 / state: " << StateName(record) << "，版本 / version " << record.version()
            << '\n';
}

void PrintWithdrawal(const publication::v1::Withdrawal& withdrawal) {
  std::cout << "  最迟应于 " << withdrawal.due_date() << " 撤下 / to be withdrawn by "
            << withdrawal.due_date() << "；实际 / was: " << withdrawal.withdrawn_on() << "，"
            << (withdrawal.in_time() ? "按期 / in time" : "逾期 / late") << '\n';
}

void PrintResult(const ReportResultResponse& response, bool json) {
  if (!json) {
    std::cout << "已登记 / taken: " << response.result_word() << '\n';
    PrintRecord(response.record());
    if (response.has_withdrawal()) PrintWithdrawal(response.withdrawal());
    return;
  }
  nlohmann::json told = {{"record", IdText(response.record().record())},
                         {"state", StateName(response.record())},
                         {"version", response.record().version()},
                         {"result_word", response.result_word()}};
  if (response.has_withdrawal()) told["withdrawal"] = WithdrawalJson(response.withdrawal());
  std::cout << told.dump() << '\n';
}

int ReportResult(const Publication& publication, const ReportResultRequest& request, bool json) {
  const absl::StatusOr<ReportResultResponse> response =
      publication.Call(&Publication::Stub::ReportResult, request);
  if (!response.ok()) return Failed(response.status());
  PrintResult(*response, json);
  return Told();
}

void PrintWithdrawn(const Withdrawn& each, bool json) {
  if (!json) {
    std::cout << each.record().subject_name() << '\n';
    PrintRecord(each.record());
    PrintWithdrawal(each.withdrawal());
    return;
  }
  nlohmann::json line = WithdrawalJson(each.withdrawal());
  line["record"] = IdText(each.record().record());
  line["document_no"] = each.record().document_no();
  std::cout << line.dump() << '\n';
}

// One line each for programs.
int ListWithdrawals(const Publication& publication, bool only_late, bool json) {
  int64_t withdrawn = 0, late = 0;
  const absl::Status status = publication.EachPage(
      &Publication::Stub::ListWithdrawals, publication::v1::ListWithdrawalsRequest(),
      [&](const publication::v1::ListWithdrawalsResponse& page) {
        for (const Withdrawn& each : page.withdrawals()) {
          ++withdrawn;
          late += each.withdrawal().in_time() ? 0 : 1;
          if (!only_late || !each.withdrawal().in_time()) PrintWithdrawn(each, json);
        }
      });
  if (!status.ok()) return Failed(status);
  if (!json) {
    std::cout << "共撤下 / withdrawn: " << withdrawn << "，其中逾期 / of them late: " << late
              << '\n';
  }
  return Told();
}

int RunResult(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args,
      {"matter",   "subject", "authority", "authority-name", "document", "list",    "listed-on",
       "result",   "day",     "source",    "reason",         "config",   "target",  "credentials",
       "decision", "case",    "finding",   "date",           "remedies", "found-by"},
      {"json", "late"});
  if (!args.ok()) return UsageError(ResultUsage(), args.status());
  if (const auto finding = RevocationOf(*args)) return ReportRevocation(*args, *finding);
  const bool list = args->words() == std::vector<std::string>{"withdrawals"};
  const std::optional<ReportResultRequest> request = RequestOf(*args);
  if (!request && !list) return UsageError(ResultUsage());
  const absl::StatusOr<Publication> publication = Publication::Of(*args, "publication");
  if (!publication.ok()) return Failed(publication.status());
  return list ? ListWithdrawals(*publication, args->Has("late"), args->Has("json"))
              : ReportResult(*publication, *request, args->Has("json"));
}

}  // namespace

CommandFamily ResultCommands() { return {"result", ResultUsage().c_str(), RunResult}; }

}  // namespace xiufu::ctl
