#include "services/intake/drivers/front_door_codec.h"

#include <google/protobuf/util/json_util.h>

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/rpc/idempotent_write.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/drivers/common_codec.h"

namespace xiufu::intake {
namespace {

constexpr char kPrefix[] = "pushed/";

RecordKey RecordKeyOf(const v1::PushedRecord& proto, Violations& violations) {
  RecordKey key{.subject_uscc = proto.subject_uscc(),
                .authority_uscc = proto.authority_uscc(),
                .document_no = proto.document_no(),
                .list_name = proto.list_name()};
  if (!proto.name().empty()) {
    const absl::StatusOr<Id> id = ParseRecordName("record.name", proto.name());
    violations.Take(id.status());
    key.record = id.value_or(Id());
  }
  if (!proto.decision_date().empty()) {
    const absl::StatusOr<absl::CivilDay> day = ParseDay(proto.decision_date());
    if (!day.ok()) violations.Add("record.decision_date", "no date", "2026-06-30");
    if (day.ok()) key.decided_on = *day;
  }
  return key;
}

// What is no hash is left empty and complained about with everything else.
template <typename Proto>
std::vector<PushedMaterial> AnnouncedIn(const Proto& proto) {
  std::vector<PushedMaterial> papers;
  for (const v1::PushedMaterial& one : proto.materials()) {
    papers.push_back({{Id(), one.kind(), one.file_name(), one.media_type(), one.size(),
                       HexDecode(one.sha256()).value_or("")}});
  }
  return papers;
}

// Whose last day a return names: the applicant's, or that of an extension.
std::string DueDateIn(const CaseView& view) {
  const bool asked = view.state == CaseState::kSupplementRequested;
  if (!asked && view.state != CaseState::kExtended) return "";
  for (const Deadline& deadline : view.deadlines) {
    if (deadline.kind == (asked ? kSupplementDeadline : "EXTEND")) return deadline.due_date;
  }
  return "";
}

void FillCase(const CaseView& view, v1::UpstreamReturn& proto) {
  *proto.mutable_authority() = ToProto(view.authority);
  proto.set_authority_no(view.authority_no);
  const bool decided = IsDecided(view.state);
  const std::vector<std::string>& reasons = decided ? view.decision.reasons : view.grounds.reasons;
  *proto.mutable_reasons() = {reasons.begin(), reasons.end()};
  proto.set_remedies(decided ? view.decision.remedies : view.grounds.remedies);
  if (view.state == CaseState::kSupplementRequested) {
    proto.set_round(view.supplement_round);
    *proto.mutable_defects() = {view.defects.begin(), view.defects.end()};
  }
  proto.set_due_date(DueDateIn(view));
  if (!decided) return;
  proto.set_result(static_cast<common::v1::CaseResult>(view.decision.result));
  proto.set_decision_no(view.decision.no);
  proto.set_decision_date(view.decision.date);
}

}  // namespace

Push PushOf(const v1::ReceivePushedRequest& request, Violations& violations) {
  Push push;
  push.origin.front_door = static_cast<FrontDoor>(request.front_door());
  push.origin.channel = request.channel();
  push.origin.upstream_no = request.upstream_no();
  push.origin.upstream_query_code = request.upstream_query_code();
  if (request.has_received_at()) push.origin.received_at = TimeOf(request.received_at());
  if (request.has_pushed_at()) push.origin.pushed_at = TimeOf(request.pushed_at());
  push.record = RecordKeyOf(request.record(), violations);
  const v1::Applicant& applicant = request.applicant();
  push.applicant = {applicant.name(), applicant.phone(),
                    static_cast<Capacity>(applicant.capacity())};
  push.materials = AnnouncedIn(request);
  return push;
}

ReceivePushed::Command CommandOf(const v1::ReceivePushedRequest& request) {
  ReceivePushed::Command command;
  command.push = PushOf(request, command.unread);
  command.request = request.SerializeAsString();
  // When it was sent is no part of what was pushed: a door may stamp each attempt.
  v1::ReceivePushedRequest content = request;
  content.clear_pushed_at();
  command.sha256 = rpc::BodySha256(content);
  return command;
}

ReceivePushed::SupplementPush SupplementOf(const v1::ReceivePushedSupplementRequest& request) {
  return {request.upstream_no(), request.round(), request.note(), AnnouncedIn(request),
          rpc::BodySha256(request)};
}

v1::PushReceipt ToProto(const PushStanding& standing) {
  v1::PushReceipt proto;
  const Origin& origin = standing.push.push.origin;
  proto.set_front_door(static_cast<common::v1::FrontDoor>(origin.front_door));
  proto.set_upstream_no(origin.upstream_no);
  proto.set_state(static_cast<v1::PushReceipt::State>(standing.push.state));
  proto.set_application_number(standing.application_number);
  for (const std::string& sha256 : standing.missing) {
    proto.add_missing_sha256(HexEncode(sha256));
  }
  proto.set_reason(standing.push.reason);
  return proto;
}

v1::ListPushedResponse::Waiting ToWaiting(const PushStanding& standing) {
  const StoredPush& push = standing.push;
  v1::ListPushedResponse::Waiting proto;
  proto.set_name(absl::StrCat(kPrefix, push.id.ToString()));
  *proto.mutable_receipt() = ToProto(standing);
  v1::PushedRecord& record = *proto.mutable_record();
  record.set_name(RecordName(push.push.record.record));
  record.set_subject_uscc(push.push.record.subject_uscc);
  record.set_authority_uscc(push.push.record.authority_uscc);
  record.set_document_no(push.push.record.document_no);
  record.set_list_name(push.push.record.list_name);
  if (push.push.record.decided_on) {
    record.set_decision_date(FormatDay(*push.push.record.decided_on));
  }
  *proto.mutable_received_at() = TimestampOf(push.received);
  return proto;
}

absl::StatusOr<Id> ParsePushName(absl::string_view field, absl::string_view name) {
  if (absl::ConsumePrefix(&name, kPrefix)) {
    absl::StatusOr<Id> id = Id::Parse(name);
    if (id.ok()) return id;
  }
  return FieldViolation(field, "not the name of a push", "pushed/<uuid>");
}

std::string EncodeReturn(const StoredPush& push, const UpstreamReturn& content, int64_t sequence) {
  v1::UpstreamReturn proto;
  proto.set_return_id(content.id.ToString());
  proto.set_upstream_no(push.push.origin.upstream_no);
  proto.set_sequence(sequence);
  proto.set_kind(content.kind);
  *proto.mutable_at() = TimestampOf(content.at);
  proto.set_application_number(content.application_number);
  proto.set_query_code(content.query_code);
  if (!content.view.id.IsNone()) FillCase(content.view, proto);
  return proto.SerializeAsString();
}

absl::StatusOr<std::string> ReturnJson(absl::string_view encoded) {
  v1::UpstreamReturn proto;
  if (!proto.ParseFromArray(encoded.data(), static_cast<int>(encoded.size()))) {
    return absl::InternalError("a return cannot be read");
  }
  std::string json;
  const auto printed = google::protobuf::util::MessageToJsonString(proto, &json);
  if (!printed.ok()) return absl::InternalError("a return cannot be written");
  return json;
}

}  // namespace xiufu::intake
