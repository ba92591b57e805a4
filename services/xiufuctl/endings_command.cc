#include "services/xiufuctl/endings_command.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/local_time.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/publication/v1/publication.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using publication::v1::RefusedEnding;
using Publication = Operator<publication::v1::PublicationService>;

constexpr char kEndingsUsage[] =
    "  endings list [--let-stand] [--json] [WHERE]\n"
    "                       列出因记录已变更而未执行的修复决定 / decisions that were not carried\n"
    "                       out because their record had changed since; --let-stand: 经人工确认\n"
    "                       后已执行的，含经办人和理由 / those carried out after all, by whom and "
    "why\n"
    "  endings carry-out DECISION --person NAME --reason TEXT [WHERE]\n"
    "                       经人工比对，决定对现有记录仍然适用：终止公示 / a person has compared:\n"
    "                       the decision stands for the record as it is, its publicity ends\n";

nlohmann::json EndingJson(const RefusedEnding& ending) {
  nlohmann::json json = {
      {"decision", IdText(ending.decision())},        {"case", IdText(ending.case_id())},
      {"application", IdText(ending.application())},  {"record", IdText(ending.record().record())},
      {"document_no", ending.record().document_no()}, {"decided_version", ending.decided_version()},
      {"version", ending.record().version()},         {"reason", ending.reason()}};
  if (!ending.let_stand_by().empty()) {
    json["let_stand"] = {{"person", ending.let_stand_by()},
                         {"reason", ending.let_stand_because()},
                         {"at", ZonedTime(ending.let_stand_at())}};
  }
  return json;
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
  if (ending.let_stand_by().empty()) return;
  std::cout << "  经办 / let stand by: " << ending.let_stand_by() << "  "
            << ZonedTime(ending.let_stand_at()) << "  " << ending.let_stand_because() << '\n';
}

int CarryOutEnding(const Publication& publication, const Id& decision, const Arguments& args) {
  publication::v1::CarryOutEndingRequest request;
  request.set_decision(std::string(decision.bytes()));
  request.set_person(args.Value("person"));
  request.set_reason(args.Value("reason"));
  return Done(
      publication.Call(&Publication::Stub::CarryOutEnding, request).status(),
      "已终止公示，经办人和理由已留存 / its publicity is ended; who did it and why is kept");
}

int RunEndings(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args, {"config", "target", "credentials", "person", "reason"}, {"json", "let-stand"});
  if (!args.ok()) return UsageError(kEndingsUsage, args.status());
  const bool list = args->words() == std::vector<std::string>{"list"};
  const absl::StatusOr<Id> decision = Id::Parse(args->word(1));
  const bool carry_out = args->word(0) == "carry-out" && args->words().size() == 2 &&
                         decision.ok() && !args->Has("let-stand") &&
                         !absl::StripAsciiWhitespace(args->Value("person")).empty() &&
                         !absl::StripAsciiWhitespace(args->Value("reason")).empty();
  if (!list && !carry_out) return UsageError(kEndingsUsage);
  const absl::StatusOr<Publication> publication = Publication::Of(*args, "publication");
  if (!publication.ok()) return Failed(publication.status());
  if (carry_out) return CarryOutEnding(*publication, *decision, *args);
  publication::v1::ListRefusedEndingsRequest request;
  request.set_let_stand(args->Has("let-stand"));
  return TellRows(publication->All(
                      &Publication::Stub::ListRefusedEndings, request,
                      [](const auto& page) -> const auto& { return page.endings(); }),
                  "endings", "没有这样的决定 / no such decision", args->Has("json"), EndingJson,
                  PrintEnding);
}

}  // namespace

CommandFamily EndingsCommands() { return {"endings", kEndingsUsage, RunEndings}; }

}  // namespace xiufu::ctl
