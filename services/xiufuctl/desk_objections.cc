#include "services/xiufuctl/desk_objections.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/command.h"
#include "services/xiufuctl/desk_common.h"
#include "xiufu/routing/v1/objection.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using routing::v1::Objection;
using routing::v1::ObjectionDeskService;

std::string StateOf(const Objection& one) {
  return std::string(
      absl::StripPrefix(common::v1::ObjectionState_Name(one.state()), "OBJECTION_STATE_"));
}
std::string KindOf(const Objection& one) {
  return std::string(
      absl::StripPrefix(common::v1::ObjectionKind_Name(one.kind()), "OBJECTION_KIND_"));
}

nlohmann::json ObjectionJson(const Objection& one) {
  return {{"objection", DeskId(one.objection())},
          {"number", one.number()},
          {"kind", KindOf(one)},
          {"state", StateOf(one)},
          {"record", DeskId(one.record().record())},
          {"case", DeskId(one.case_id())},
          {"authority", {{"code", one.authority().code()}, {"name", one.authority().name()}}},
          {"reason", one.reason()},
          {"due", one.due_date()},
          {"overdue", one.overdue()},
          {"filed_at", DeskTime(one.filed_at())}};
}

void PrintObjection(const Objection& one) {
  std::cout << "异议 / objection  " << DeskId(one.objection()) << "  " << one.number() << "  "
            << KindOf(one) << "  " << StateOf(one) << '\n'
            << "  单位 / authority: " << one.authority().name() << '\n'
            << "  期限 / due: " << one.due_date() << (one.overdue() ? "  逾期 / overdue" : "")
            << '\n';
  if (!one.reason().empty()) std::cout << "  原因 / reason: " << one.reason() << '\n';
}

int ListObjections(ObjectionDeskService::Stub& stub, bool unassigned, bool json) {
  routing::v1::ListObjectionsRequest request;
  request.set_unassigned_only(unassigned);
  auto objections = ListAll<Objection, routing::v1::ListObjectionsResponse>(
      stub, &ObjectionDeskService::Stub::ListObjections, request,
      [](const auto& page) { return page.objections(); });
  if (!objections.ok()) return DeskFailed(objections.status());
  nlohmann::json list = nlohmann::json::array();
  for (const Objection& one : *objections) {
    json ? list.push_back(ObjectionJson(one)) : PrintObjection(one);
  }
  if (json) {
    std::cout << nlohmann::json{{"objections", list}}.dump() << '\n';
  } else if (objections->empty()) {
    std::cout << "没有异议 / no objections\n";
  }
  std::cout.flush();
  return std::cout ? kExitOk : kExitFailed;
}

int AssignObjection(ObjectionDeskService::Stub& stub, const Arguments& args, const Id& objection) {
  routing::v1::AssignObjectionRequest request;
  request.set_request_id(NewRequestId());
  request.set_objection(std::string(objection.bytes()));
  request.set_authority_code(args.Value("authority"));
  request.set_person(args.Value("person"));
  request.set_reason(args.Value("reason"));
  const auto done = CallOnce<routing::v1::AssignObjectionResponse>(
      stub, &ObjectionDeskService::Stub::AssignObjection, request);
  return DeskDone(done.status(),
                  "已分办，经办人和理由已留存 / assigned; who did it and why is kept");
}

}  // namespace

int RunDeskObjections(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args, {"config", "authority", "person", "reason"}, {"json", "unassigned"});
  if (!args.ok()) return UsageError(kObjectionsUsage, args.status());
  const bool list = args->word(0) == "objections" && args->words().size() == 1;
  const absl::StatusOr<Id> objection = Id::Parse(args->word(1));
  const bool assign = args->word(0) == "assign-objection" && args->words().size() == 2 &&
                      objection.ok() && !args->Value("authority").empty() &&
                      !absl::StripAsciiWhitespace(args->Value("person")).empty() &&
                      !absl::StripAsciiWhitespace(args->Value("reason")).empty();
  if (!list && !assign) return UsageError(kObjectionsUsage);
  auto stub = OperatorStub<ObjectionDeskService>(args->Value("config", "var/config"), "routing");
  if (!stub.ok()) return DeskFailed(stub.status());
  if (assign) return AssignObjection(**stub, *args, *objection);
  return ListObjections(**stub, args->Has("unassigned"), args->Has("json"));
}

}  // namespace xiufu::ctl
