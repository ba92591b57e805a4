#include "services/intake/drivers/case_codec.h"

#include "services/intake/domain/resource_name.h"
#include "services/intake/drivers/common_codec.h"

namespace xiufu::intake {
namespace {

void AddReasons(const std::vector<std::string>& reasons, v1::Case& proto) {
  for (const std::string& reason : reasons) proto.add_reasons(reason);
}

void AddLists(const CaseView& view, v1::Case& proto) {
  for (const std::string& defect : view.defects) proto.add_defects(defect);
  for (const Deadline& deadline : view.deadlines) *proto.add_deadlines() = ToProto(deadline);
  for (const std::string& key : view.missed) proto.add_missed(key);
  for (const Succession& one : view.successions) *proto.add_successions() = ToProto(one);
}

}  // namespace

routing::v1::Deadline ToProto(const Deadline& deadline) {
  routing::v1::Deadline proto;
  proto.set_kind(deadline.kind);
  proto.set_start_event(deadline.start_event);
  proto.set_start_date(deadline.start_date);
  proto.set_working_days(deadline.working_days);
  proto.set_due_date(deadline.due_date);
  proto.set_provisional(deadline.provisional);
  proto.set_source(deadline.source);
  proto.set_confidence(deadline.confidence);
  proto.set_calendar_version(deadline.calendar_version);
  return proto;
}

routing::v1::Succession ToProto(const Succession& succession) {
  routing::v1::Succession proto;
  proto.set_predecessor_name(succession.predecessor_name);
  proto.set_predecessor_uscc(succession.predecessor_uscc);
  proto.set_authority_code(succession.authority_code);
  proto.set_document(succession.document);
  proto.set_effective_from(succession.effective_from);
  proto.set_source(succession.source);
  proto.set_confidence(succession.confidence);
  return proto;
}

Succession FromProto(const routing::v1::Succession& proto) {
  return {proto.predecessor_name(), proto.predecessor_uscc(), proto.authority_code(),
          proto.document(),         proto.effective_from(),   proto.source(),
          proto.confidence()};
}

Deadline FromProto(const routing::v1::Deadline& proto) {
  Deadline deadline;
  deadline.kind = proto.kind();
  deadline.start_event = proto.start_event();
  deadline.start_date = proto.start_date();
  deadline.working_days = proto.working_days();
  deadline.due_date = proto.due_date();
  deadline.provisional = proto.provisional();
  deadline.source = proto.source();
  deadline.confidence = proto.confidence();
  deadline.calendar_version = proto.calendar_version();
  return deadline;
}

v1::Case::Revocation ToProto(const Revocation& revocation) {
  v1::Case::Revocation proto;
  proto.set_kind(revocation.kind);
  proto.set_kind_name(revocation.kind_name);
  proto.set_kind_name_en(revocation.kind_name_en);
  proto.set_document_no(revocation.document_no);
  proto.set_found_on(revocation.found_on);
  for (const std::string& reason : revocation.reasons) proto.add_reasons(reason);
  proto.set_remedies(revocation.remedies);
  proto.set_found_by(revocation.found_by);
  proto.set_ban_until(revocation.ban_until);
  if (Happened(revocation.entered)) *proto.mutable_revoke_time() = TimestampOf(revocation.entered);
  proto.set_record_state(static_cast<common::v1::RecordState>(revocation.record_state));
  proto.set_publicity_end_date(revocation.publicity_end);
  if (Happened(revocation.restored)) {
    *proto.mutable_restore_time() = TimestampOf(revocation.restored);
  }
  return proto;
}

v1::Case ToProto(const CaseView& view) {
  v1::Case proto;
  proto.set_name(CaseName(view.id));
  proto.set_record(RecordName(view.record));
  *proto.mutable_authority() = ToProto(view.authority);
  proto.set_state(static_cast<common::v1::CaseState>(ShownState(view)));
  proto.set_result(static_cast<common::v1::CaseResult>(view.decision.result));
  proto.set_authority_no(view.authority_no);
  proto.set_decision_no(view.decision.no);
  proto.set_decision_date(view.decision.date);
  const bool decided = view.decision.result != CaseResult::kUnspecified;
  proto.set_remedies(decided ? view.decision.remedies : view.grounds.remedies);
  AddReasons(decided ? view.decision.reasons : view.grounds.reasons, proto);
  proto.set_supplement_round(view.supplement_round);
  AddLists(view, proto);
  if (Happened(view.ended)) *proto.mutable_conclude_time() = TimestampOf(view.ended);
  if (Happened(view.loop_closed)) *proto.mutable_loop_close_time() = TimestampOf(view.loop_closed);
  *proto.mutable_rule() = ToProto(view.rule);
  if (IsRevoked(view)) *proto.mutable_revocation() = ToProto(view.revocation);
  return proto;
}

std::string EncodeRevocation(const Revocation& revocation) {
  return ToProto(revocation).SerializeAsString();
}

Revocation DecodeRevocation(absl::string_view bytes) {
  v1::Case::Revocation proto;
  proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  Revocation revocation{
      proto.kind(),        proto.kind_name(), proto.kind_name_en(),
      proto.document_no(), proto.found_on(),  {proto.reasons().begin(), proto.reasons().end()},
      proto.remedies(),    proto.found_by(),  proto.ban_until()};
  if (proto.has_revoke_time()) revocation.entered = TimeOf(proto.revoke_time());
  revocation.record_state = static_cast<RecordState>(proto.record_state());
  revocation.publicity_end = proto.publicity_end_date();
  if (proto.has_restore_time()) revocation.restored = TimeOf(proto.restore_time());
  return revocation;
}

std::string EncodeGrounds(const Grounds& grounds) {
  v1::Case proto;
  AddReasons(grounds.reasons, proto);
  proto.set_remedies(grounds.remedies);
  return proto.SerializeAsString();
}

Grounds DecodeGrounds(absl::string_view bytes) {
  v1::Case proto;
  proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  return {{proto.reasons().begin(), proto.reasons().end()}, proto.remedies()};
}

std::string EncodeLists(const CaseView& view) {
  v1::Case proto;
  AddReasons(view.decision.reasons, proto);
  AddLists(view, proto);
  return proto.SerializeAsString();
}

void DecodeLists(absl::string_view bytes, CaseView& view) {
  v1::Case proto;
  proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  view.decision.reasons.assign(proto.reasons().begin(), proto.reasons().end());
  view.defects.assign(proto.defects().begin(), proto.defects().end());
  for (const routing::v1::Deadline& deadline : proto.deadlines()) {
    view.deadlines.push_back(FromProto(deadline));
  }
  view.missed.assign(proto.missed().begin(), proto.missed().end());
  for (const routing::v1::Succession& one : proto.successions()) {
    view.successions.push_back(FromProto(one));
  }
}

}  // namespace xiufu::intake
