#include "services/intake/drivers/case_codec.h"

#include "services/intake/domain/resource_name.h"
#include "services/intake/drivers/common_codec.h"

namespace xiufu::intake {
namespace {

void AddLists(const CaseView& view, v1::Case& proto) {
  for (const std::string& reason : view.decision.reasons) proto.add_reasons(reason);
  for (const std::string& defect : view.defects) proto.add_defects(defect);
  for (const Deadline& deadline : view.deadlines) *proto.add_deadlines() = ToProto(deadline);
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

v1::Case ToProto(const CaseView& view) {
  v1::Case proto;
  proto.set_name(CaseName(view.id));
  proto.set_record(RecordName(view.record));
  *proto.mutable_authority() = ToProto(view.authority);
  proto.set_state(static_cast<common::v1::CaseState>(view.state));
  proto.set_result(static_cast<common::v1::CaseResult>(view.decision.result));
  proto.set_authority_no(view.authority_no);
  proto.set_decision_no(view.decision.no);
  proto.set_decision_date(view.decision.date);
  proto.set_remedies(view.decision.remedies);
  proto.set_supplement_round(view.supplement_round);
  AddLists(view, proto);
  if (Happened(view.concluded)) *proto.mutable_conclude_time() = TimestampOf(view.concluded);
  if (Happened(view.loop_closed)) *proto.mutable_loop_close_time() = TimestampOf(view.loop_closed);
  *proto.mutable_rule() = ToProto(view.rule);
  return proto;
}

std::string EncodeLists(const CaseView& view) {
  v1::Case proto;
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
}

}  // namespace xiufu::intake
