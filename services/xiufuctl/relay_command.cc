#include "services/xiufuctl/relay_command.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/local_time.h"
#include "services/xiufuctl/relay_client.h"
#include "services/xiufuctl/request_id.h"

namespace xiufu::ctl {
namespace {

using routing::v1::RelayedCase;
using routing::v1::TellRelayedRequest;

constexpr char kRelayUsage[] =
    "  relay list [--json] [--target HOST:PORT, 127.0.0.1:7102] [--credentials DIR]\n"
    "                       列出在上级系统办理的子办件 / cases that are decided in another system\n"
    "  relay filed CASE --number NO --day DATE --person NAME --source TEXT\n"
    "                       记录已代为报送及上级编号 / it was filed there, under which number\n"
    "  relay accepted CASE [--number NO] --person NAME --source TEXT\n"
    "                       记录上级已受理 / it was accepted there\n"
    "  relay not-accepted CASE [--number NO] --reason TEXT ... --remedies TEXT --person NAME\n"
    "                       --source TEXT\n"
    "                       记录上级不予受理，办件结束 / it was not accepted; the case ends\n"
    "  relay refused CASE --number NO --day DATE --reason TEXT ... --remedies TEXT\n"
    "                       --person NAME --source TEXT\n"
    "                       记录上级不予修复 / it was refused. 准予修复的用 result report 登记 / "
    "what\n"
    "                       was approved is told with: result report\n";

int RelayFailed(const absl::Status& status) {
  std::cerr << "未成功 / failed: " << absl::StatusCodeToString(status.code()) << ": "
            << status.message() << '\n';
  return kExitFailed;
}

std::string RelayId(const std::string& bytes) {
  const absl::StatusOr<Id> id = Id::FromBytes(bytes);
  return id.ok() ? id->ToString() : "";
}

nlohmann::json RelayJson(const RelayedCase& one) {
  return {{"case", RelayId(one.case_id())},
          {"application", RelayId(one.application())},
          {"number", one.application_number()},
          {"document_no", one.record().document_no()},
          {"determined_by", one.record().authority().name()},
          {"handling", one.handling()},
          {"door", one.door()},
          {"upstream_no", one.upstream_no()},
          {"since", ZonedTime(one.since())}};
}

void PrintRelayed(const RelayedCase& one) {
  std::cout << "子办件 / case  " << RelayId(one.case_id()) << "  " << one.handling() << '\n'
            << "  申请 / application: " << one.application_number() << '\n'
            << "  记录 / record: " << one.record().document_no() << "  "
            << one.record().authority().name() << '\n'
            << "  申请入口 / door: " << one.door() << '\n'
            << "  上级编号 / number there: "
            << (one.upstream_no().empty() ? "—" : one.upstream_no()) << '\n'
            << "  自 / since " << ZonedTime(one.since()) << '\n';
}

int ListRelayed(const RelayClient& client, bool json) {
  const absl::StatusOr<std::vector<RelayedCase>> rows = client.List();
  if (!rows.ok()) return RelayFailed(rows.status());
  nlohmann::json list = nlohmann::json::array();
  for (const RelayedCase& one : *rows) {
    json ? list.push_back(RelayJson(one)) : PrintRelayed(one);
  }
  if (json) {
    std::cout << nlohmann::json{{"cases", list}}.dump() << '\n';
  } else if (rows->empty()) {
    std::cout << "没有在上级系统办理的子办件 / no case is with another system\n";
  }
  std::cout.flush();
  return std::cout ? kExitOk : kExitFailed;
}

// What was told; false for a word that is none of these.
bool FillTold(const Arguments& args, TellRelayedRequest& request) {
  const std::vector<std::string> reasons = args.Values("reason");
  const std::string& word = args.word(0);
  if (word == "filed") {
    request.mutable_filed()->set_upstream_no(args.Value("number"));
    request.mutable_filed()->set_day(args.Value("day"));
  } else if (word == "accepted") {
    request.mutable_accepted()->set_document_no(args.Value("number"));
  } else if (word == "not-accepted") {
    auto& told = *request.mutable_not_accepted();
    told.set_document_no(args.Value("number"));
    *told.mutable_reasons() = {reasons.begin(), reasons.end()};
    told.set_remedies(args.Value("remedies"));
  } else if (word == "refused") {
    auto& told = *request.mutable_refused();
    told.set_decision_no(args.Value("number"));
    told.set_decision_date(args.Value("day"));
    *told.mutable_reasons() = {reasons.begin(), reasons.end()};
    told.set_remedies(args.Value("remedies"));
  } else {
    return false;
  }
  return true;
}

int RunRelay(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args, {"target", "credentials", "number", "day", "remedies", "person", "source"},
      {"json"}, {"reason"});
  if (!args.ok()) return UsageError(kRelayUsage, args.status());
  const bool list = args->words().size() == 1 && args->word(0) == "list";
  const absl::StatusOr<Id> case_id = Id::Parse(args->word(1));
  TellRelayedRequest request;
  const bool tell = args->words().size() == 2 && case_id.ok() && FillTold(*args, request);
  if (!list && !tell) return UsageError(kRelayUsage);
  const absl::StatusOr<RelayClient> client = RelayClient::Connect(
      args->Value("target", "127.0.0.1:7102"), args->Value("credentials", "var/credentials"));
  if (!client.ok()) return RelayFailed(client.status());
  if (list) return ListRelayed(*client, args->Has("json"));
  request.set_request_id(NewRequestId());
  request.set_case_id(std::string(case_id->bytes()));
  request.set_person(args->Value("person"));
  request.set_source(args->Value("source"));
  if (absl::Status told = client->Tell(request); !told.ok()) return RelayFailed(told);
  std::cout << "已记录 / kept\n";
  return kExitOk;
}

}  // namespace

CommandFamily RelayCommands() { return {"relay", kRelayUsage, RunRelay}; }

}  // namespace xiufu::ctl
