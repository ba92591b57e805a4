#include "services/xiufuctl/endings_command.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/publication/v1/publication.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using publication::v1::RefusedEnding;
using Publication = Operator<publication::v1::PublicationService>;

constexpr char kEndingsUsage[] =
    "  endings list [--json] [WHERE]\n"
    "                       列出因记录已变更而未执行的修复决定 / decisions that were not carried\n"
    "                       out because their record had changed since\n"
    "  endings carry-out DECISION --reason TEXT [WHERE]\n"
    "                       经人工比对，决定对现有记录仍然适用：终止公示 / a person has compared:\n"
    "                       the decision stands for the record as it is, its publicity ends\n";

nlohmann::json EndingJson(const RefusedEnding& ending) {
  return {
      {"decision", IdText(ending.decision())},        {"case", IdText(ending.case_id())},
      {"application", IdText(ending.application())},  {"record", IdText(ending.record().record())},
      {"document_no", ending.record().document_no()}, {"decided_version", ending.decided_version()},
      {"version", ending.record().version()},         {"reason", ending.reason()}};
}

void PrintEnding(const RefusedEnding& ending) {
  std::cout << "决定 / decision  " << IdText(ending.decision()) << '\n'
            << "  记录 / record: " << ending.record().document_no() << "  "
            << ending.record().authority().name() << "  " << IdText(ending.record().record())
            << '\n'
            << "  办件 / application: " << IdText(ending.application()) << '\n'
            << "  决定针对版本 / decided upon version " << ending.decided_version()
            << "，现为 / now " << ending.record().version() << '\n'
            << "  原因 / reason: " << ending.reason() << '\n';
}

int CarryOutEnding(const Publication& publication, const Id& decision, const std::string& reason) {
  publication::v1::CarryOutEndingRequest request;
  request.set_decision(std::string(decision.bytes()));
  request.set_reason(reason);
  return Done(publication.Call(&Publication::Stub::CarryOutEnding, request).status(),
              "已终止公示，理由已留存 / its publicity is ended, the reason is kept");
}

int RunEndings(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args =
      Arguments::Read(raw_args, {"config", "target", "credentials", "reason"}, {"json"});
  if (!args.ok()) return UsageError(kEndingsUsage, args.status());
  const bool list = args->words() == std::vector<std::string>{"list"};
  const absl::StatusOr<Id> decision = Id::Parse(args->word(1));
  const std::string reason(absl::StripAsciiWhitespace(args->Value("reason")));
  const bool carry_out =
      args->word(0) == "carry-out" && args->words().size() == 2 && decision.ok() && !reason.empty();
  if (!list && !carry_out) return UsageError(kEndingsUsage);
  const absl::StatusOr<Publication> publication = Publication::Of(*args, "publication");
  if (!publication.ok()) return Failed(publication.status());
  if (carry_out) return CarryOutEnding(*publication, *decision, reason);
  return TellRows(
      publication->All(
          &Publication::Stub::ListRefusedEndings, publication::v1::ListRefusedEndingsRequest(),
          [](const auto& page) -> const auto& { return page.endings(); }),
      "endings", "没有未执行的决定 / every decision was carried out", args->Has("json"), EndingJson,
      PrintEnding);
}

}  // namespace

CommandFamily EndingsCommands() { return {"endings", kEndingsUsage, RunEndings}; }

}  // namespace xiufu::ctl
