#include "services/intake/drivers/objection_codec.h"

#include "services/intake/domain/resource_name.h"
#include "services/intake/drivers/agent_codec.h"
#include "services/intake/drivers/common_codec.h"
#include "services/intake/drivers/view_codec.h"

namespace xiufu::intake {
namespace {

void SetApplicant(const Applicant& applicant, v1::Applicant* proto) {
  proto->set_name(applicant.name);
  proto->set_phone(applicant.phone);
  proto->set_capacity(static_cast<common::v1::Capacity>(applicant.capacity));
}

// In a text, for what is not known yet.
std::string OrDash(const std::string& text) { return text.empty() ? "—" : text; }

void SetStep(const ObjectionStep& step, const catalogue::Messages& messages,
             v1::Objection::ObjectionStep* proto) {
  *proto->mutable_time() = TimestampOf(step.time);
  proto->set_state(static_cast<common::v1::ObjectionState>(step.state));
  const catalogue::BilingualText words =
      messages.Text(WordsKey(step.state),
                    {{"authority", OrDash(step.authority)}, {"due_date", OrDash(step.due_date)}});
  proto->set_text(words.zh);
  proto->set_text_en(words.en);
  proto->set_authority(step.authority);
  proto->set_due_date(step.due_date);
}

void SetAnswer(const Objection& objection, v1::Objection& proto) {
  proto.set_document_no(objection.document_no);
  proto.set_correction(objection.correction);
  for (const std::string& reason : objection.reasons) proto.add_reasons(reason);
  proto.set_remedies(objection.remedies);
  if (Happened(objection.ended)) *proto.mutable_end_time() = TimestampOf(objection.ended);
}

}  // namespace

ObjectionCommand CommandOf(const v1::CreateObjectionRequest& request) {
  const v1::Applicant& applicant = request.applicant();
  return {request.subject_uscc(),
          request.record(),
          static_cast<ObjectionKind>(request.kind()),
          request.statement(),
          {applicant.name(), applicant.phone(), static_cast<Capacity>(applicant.capacity())},
          request.application(),
          request.case_name(),
          request.region(),
          request.has_power_of_attorney() ? std::optional(PowerOf(request.power_of_attorney()))
                                          : std::nullopt};
}

v1::Objection ToProto(const ObjectionView& view, const catalogue::Messages& messages) {
  const Objection& objection = view.objection;
  v1::Objection proto;
  proto.set_name(ObjectionName(objection.id));
  proto.set_number(objection.number);
  if (view.with_query_code) proto.set_query_code(objection.query_code);
  proto.set_kind(static_cast<common::v1::ObjectionKind>(objection.what.kind));
  proto.set_state(static_cast<common::v1::ObjectionState>(objection.state));
  proto.set_subject_uscc(objection.what.subject_uscc);
  proto.set_record(RecordName(objection.what.record));
  proto.set_application(ApplicationName(objection.what.application));
  proto.set_case_name(CaseName(objection.what.case_id));
  proto.set_statement(objection.what.statement);
  SetApplicant(objection.what.applicant, proto.mutable_applicant());
  for (const Material& material : view.evidence) *proto.add_evidence() = ToProto(material);
  *proto.mutable_authority() = ToProto(objection.authority);
  *proto.mutable_rule() = ToProto(objection.rule);
  proto.set_due_date(objection.due_date);
  proto.set_due_provisional(objection.due_provisional);
  SetAnswer(objection, proto);
  *proto.mutable_create_time() = TimestampOf(objection.created);
  if (Happened(objection.filed)) *proto.mutable_file_time() = TimestampOf(objection.filed);
  for (const ObjectionStep& step : view.steps) SetStep(step, messages, proto.add_steps());
  return proto;
}

v1::ObjectionFile ToFile(const ObjectionView& view) {
  v1::ObjectionFile proto;
  proto.set_objection(BytesOf(view.objection.id));
  proto.set_statement(view.objection.what.statement);
  SetApplicant(view.objection.what.applicant, proto.mutable_applicant());
  for (const Material& material : view.evidence) *proto.add_evidence() = ToProto(material);
  return proto;
}

}  // namespace xiufu::intake
