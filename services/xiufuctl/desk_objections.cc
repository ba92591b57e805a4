#include "services/xiufuctl/desk_objections.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/command.h"
#include "services/xiufuctl/local_time.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/request_id.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/routing/v1/objection.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using routing::v1::Objection;
using ObjectionDesk = Operator<routing::v1::ObjectionDeskService>;

std::string StateOf(const Objection& one) {
  return std::string(
      absl::StripPrefix(common::v1::ObjectionState_Name(one.state()), "OBJECTION_STATE_"));
}
std::string KindOf(const Objection& one) {
  return std::string(
      absl::StripPrefix(common::v1::ObjectionKind_Name(one.kind()), "OBJECTION_KIND_"));
}

nlohmann::json ObjectionJson(const Objection& one) {
  return {{"objection", IdText(one.objection())},
          {"number", one.number()},
          {"kind", KindOf(one)},
          {"state", StateOf(one)},
          {"record", IdText(one.record().record())},
          {"case", IdText(one.case_id())},
          {"authority", {{"code", one.authority().code()}, {"name", one.authority().name()}}},
          {"reason", one.reason()},
          {"due", one.due_date()},
          {"overdue", one.overdue()},
          {"delivered_late", one.delivered_late()},
          {"filed_at", ZonedTime(one.filed_at())}};
}

void PrintObjection(const Objection& one) {
  std::cout << "异议 / objection  " << IdText(one.objection()) << "  " << one.number() << "  "
            << KindOf(one) << "  " << StateOf(one) << '\n'
            << "  单位 / authority: " << one.authority().name() << '\n'
            << "  期限 / due: " << one.due_date() << (one.overdue() ? "  逾期 / overdue" : "")
            << (one.delivered_late() ? "  送达逾期（本系统）/ delivered late by us" : "") << '\n';
  if (!one.reason().empty()) std::cout << "  原因 / reason: " << one.reason() << '\n';
}

int ListObjections(const ObjectionDesk& desk, bool unassigned, bool json) {
  routing::v1::ListObjectionsRequest request;
  request.set_unassigned_only(unassigned);
  return TellRows(desk.All(
                      &ObjectionDesk::Stub::ListObjections, request,
                      [](const auto& page) -> const auto& { return page.objections(); }),
                  "objections", "没有异议 / no objections", json, ObjectionJson, PrintObjection);
}

int AssignObjection(const ObjectionDesk& desk, const Arguments& args, const Id& objection) {
  routing::v1::AssignObjectionRequest request;
  request.set_request_id(NewRequestId());
  request.set_objection(std::string(objection.bytes()));
  request.set_authority_code(args.Value("authority"));
  request.set_person(args.Value("person"));
  request.set_reason(args.Value("reason"));
  return Done(desk.Call(&ObjectionDesk::Stub::AssignObjection, request).status(),
              "已分办，经办人和理由已留存 / assigned; who did it and why is kept");
}

}  // namespace

int RunDeskObjections(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args, {"config", "target", "credentials", "authority", "person", "reason"},
      {"json", "unassigned"});
  if (!args.ok()) return UsageError(kObjectionsUsage, args.status());
  const bool list = args->word(0) == "objections" && args->words().size() == 1;
  const absl::StatusOr<Id> objection = Id::Parse(args->word(1));
  const bool assign = args->word(0) == "assign-objection" && args->words().size() == 2 &&
                      objection.ok() && !args->Value("authority").empty() &&
                      !absl::StripAsciiWhitespace(args->Value("person")).empty() &&
                      !absl::StripAsciiWhitespace(args->Value("reason")).empty();
  if (!list && !assign) return UsageError(kObjectionsUsage);
  const absl::StatusOr<ObjectionDesk> desk = ObjectionDesk::Of(*args, "routing");
  if (!desk.ok()) return Failed(desk.status());
  if (assign) return AssignObjection(*desk, *args, *objection);
  return ListObjections(*desk, args->Has("unassigned"), args->Has("json"));
}

}  // namespace xiufu::ctl
