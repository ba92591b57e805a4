#include "services/xiufuctl/work_command.h"

#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/local_time.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/routing/v1/work_list.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using Work = Operator<routing::v1::WorkListService>;

constexpr char kWorkUsage[] =
    "  work list [--authority CODE] [--as CODE] [--json] [WHERE]\n"
    "                       认定单位的在办清单；--as 以该单位身份查看（本单位及其可查看的单位）/\n"
    "                       open cases of an authority with due dates and lights; --as: as that\n"
    "                       authority, which sees its own and those whose sees-list names it\n";

std::string StateText(common::v1::CaseState state) {
  const std::string& name = common::v1::CaseState_Name(state);
  return std::string(absl::StripPrefix(name, "CASE_STATE_"));
}

std::string WorkLight(routing::v1::Light light) {
  const std::string& name = routing::v1::Light_Name(light);
  return std::string(absl::StripPrefix(name, "LIGHT_"));
}

nlohmann::json WorkJson(const routing::v1::WorkItem& item) {
  nlohmann::json dues = nlohmann::json::array();
  for (const routing::v1::WorkDue& due : item.dues()) {
    dues.push_back(
        {{"kind", due.kind()}, {"due_date", due.due_date()}, {"light", WorkLight(due.light())}});
  }
  return {{"case", IdText(item.case_id())},
          {"application", IdText(item.application())},
          {"number", item.application_number()},
          {"authority", item.authority().code()},
          {"document_no", item.record().document_no()},
          {"state", StateText(item.state())},
          {"opened_at", ZonedTime(item.opened_at())},
          {"authority_no", item.authority_no()},
          {"dues", dues},
          {"light", WorkLight(item.light())}};
}

void PrintWork(const routing::v1::WorkItem& item) {
  std::cout << WorkLight(item.light()) << "  " << StateText(item.state()) << "  "
            << item.authority().code() << "  " << item.application_number() << "  "
            << IdText(item.case_id()) << '\n';
  for (const routing::v1::WorkDue& due : item.dues()) {
    std::cout << "  " << due.kind() << "  最迟 / by " << due.due_date() << "  "
              << WorkLight(due.light()) << '\n';
  }
}

int RunWork(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args =
      Arguments::Read(raw_args, {"config", "target", "credentials", "authority", "as"}, {"json"});
  if (!args.ok()) return UsageError(kWorkUsage, args.status());
  if (args->words().size() != 1 || args->word(0) != "list") return UsageError(kWorkUsage);
  const std::string viewer = args->Value("as");
  const absl::StatusOr<Work> work =
      Work::Of(*args, "routing", viewer.empty() ? "operator" : absl::StrCat("authority-", viewer));
  if (!work.ok()) return Failed(work.status());
  routing::v1::ListWorkRequest request;
  request.set_authority_code(args->Value("authority"));
  return TellRows(work->All(
                      &Work::Stub::ListWork, request,
                      [](const auto& page) -> const auto& { return page.items(); }),
                  "items", "没有在办件 / nothing is open", args->Has("json"), WorkJson, PrintWork);
}

}  // namespace

CommandFamily WorkCommands() { return {"work", kWorkUsage, RunWork}; }

}  // namespace xiufu::ctl
