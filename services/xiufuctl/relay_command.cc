#include "services/xiufuctl/relay_command.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/local_time.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/request_id.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/routing/v1/relay.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using routing::v1::RelayedCase;
using routing::v1::TellRelayedRequest;
using Relay = Operator<routing::v1::RelayService>;

constexpr char kRelayUsage[] =
    "  relay list [--json] [WHERE]\n"
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

nlohmann::json RelayJson(const RelayedCase& one) {
  return {{"case", IdText(one.case_id())},
          {"application", IdText(one.application())},
          {"number", one.application_number()},
          {"document_no", one.record().document_no()},
          {"determined_by", one.record().authority().name()},
          {"handling", one.handling()},
          {"door", one.door()},
          {"upstream_no", one.upstream_no()},
          {"since", ZonedTime(one.since())}};
}

void PrintRelayed(const RelayedCase& one) {
  std::cout << "子办件 / case  " << IdText(one.case_id()) << "  " << one.handling() << '\n'
            << "  申请 / application: " << one.application_number() << '\n'
            << "  记录 / record: " << one.record().document_no() << "  "
            << one.record().authority().name() << '\n'
            << "  申请入口 / door: " << one.door() << '\n'
            << "  上级编号 / number there: "
            << (one.upstream_no().empty() ? "—" : one.upstream_no()) << '\n'
            << "  自 / since " << ZonedTime(one.since()) << '\n';
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
      raw_args,
      {"config", "target", "credentials", "number", "day", "remedies", "person", "source"},
      {"json"}, {"reason"});
  if (!args.ok()) return UsageError(kRelayUsage, args.status());
  const bool list = args->words().size() == 1 && args->word(0) == "list";
  const absl::StatusOr<Id> case_id = Id::Parse(args->word(1));
  TellRelayedRequest request;
  const bool tell = args->words().size() == 2 && case_id.ok() && FillTold(*args, request);
  if (!list && !tell) return UsageError(kRelayUsage);
  const absl::StatusOr<Relay> relay = Relay::Of(*args, "routing");
  if (!relay.ok()) return Failed(relay.status());
  if (list) {
    return TellRows(relay->All(
                        &Relay::Stub::ListRelayedCases, routing::v1::ListRelayedCasesRequest(),
                        [](const auto& page) -> const auto& { return page.cases(); }),
                    "cases", "没有在上级系统办理的子办件 / no case is with another system",
                    args->Has("json"), RelayJson, PrintRelayed);
  }
  request.set_request_id(NewRequestId());
  request.set_case_id(std::string(case_id->bytes()));
  request.set_person(args->Value("person"));
  request.set_source(args->Value("source"));
  return Done(relay->Call(&Relay::Stub::TellRelayed, request).status(), "已记录 / kept");
}

}  // namespace

CommandFamily RelayCommands() { return {"relay", kRelayUsage, RunRelay}; }

}  // namespace xiufu::ctl
