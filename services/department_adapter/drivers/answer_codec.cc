#include "services/department_adapter/drivers/answer_codec.h"

#include <google/protobuf/util/json_util.h>

#include <utility>

#include "libs/base/status.h"
#include "libs/base/text.h"

namespace xiufu::department {
namespace {

std::vector<std::string> ListOf(const google::protobuf::RepeatedPtrField<std::string>& list) {
  return {list.begin(), list.end()};
}

Decided DecidedOf(const v1::Answer::Decided& proto) {
  return {proto.outcome() == v1::Answer::APPROVED,
          proto.decision_no(),
          proto.decision_date(),
          ListOf(proto.reasons()),
          proto.remedies(),
          proto.record_version()};
}

SupplementRequested SupplementRequestedOf(const v1::Answer::SupplementRequested& proto) {
  SupplementRequested request{ListOf(proto.defects()), {}};
  for (const v1::Answer::MissingMaterial& missing : proto.missing()) {
    request.missing.push_back({missing.defect(), missing.kind()});
  }
  return request;
}

absl::Status ReadKind(const v1::Answer& proto, Answer& answer) {
  switch (proto.kind_case()) {
    case v1::Answer::kAccepted:
      answer.kind = Accepted{proto.accepted().document_no()};
      return absl::OkStatus();
    case v1::Answer::kSupplementRequested:
      answer.kind = SupplementRequestedOf(proto.supplement_requested());
      return absl::OkStatus();
    case v1::Answer::kDecided:
      // Of an enum's unknown names and numbers the parser lets some through.
      if (proto.decided().outcome() != v1::Answer::APPROVED &&
          proto.decided().outcome() != v1::Answer::REFUSED) {
        return FieldViolation("decided.outcome", "missing or unknown", "APPROVED or REFUSED");
      }
      answer.kind = DecidedOf(proto.decided());
      return absl::OkStatus();
    case v1::Answer::kReturned:
      answer.kind = Returned{proto.returned().reason()};
      return absl::OkStatus();
    case v1::Answer::kNotAccepted:
      answer.kind =
          NotAccepted{proto.not_accepted().document_no(), ListOf(proto.not_accepted().reasons()),
                      proto.not_accepted().remedies()};
      return absl::OkStatus();
    case v1::Answer::kExtended:
      answer.kind = Extended{proto.extended().document_no(), proto.extended().reason()};
      return absl::OkStatus();
    case v1::Answer::kObjectionUpheld:
      answer.kind = ObjectionUpheld{proto.objection_upheld().document_no(),
                                    proto.objection_upheld().correction(),
                                    ListOf(proto.objection_upheld().reasons())};
      return absl::OkStatus();
    case v1::Answer::kObjectionRejected:
      answer.kind = ObjectionRejected{proto.objection_rejected().document_no(),
                                      ListOf(proto.objection_rejected().reasons()),
                                      proto.objection_rejected().remedies()};
      return absl::OkStatus();
    case v1::Answer::kRevoked:
      answer.kind = Revoked{proto.revoked().kind(),     proto.revoked().document_no(),
                            proto.revoked().found_on(), ListOf(proto.revoked().reasons()),
                            proto.revoked().remedies(), proto.revoked().found_by()};
      return absl::OkStatus();
    case v1::Answer::KIND_NOT_SET:
      break;
  }
  return FieldViolation(
      "kind", "missing",
      "accepted, supplementRequested, decided, returned, notAccepted, extended or revoked; to an "
      "objection objectionUpheld, objectionRejected or returned");
}

struct ToProtoKind {
  v1::Answer& proto;

  void operator()(const Accepted& accepted) {
    proto.mutable_accepted()->set_document_no(accepted.document_no);
  }
  void operator()(const SupplementRequested& request) {
    for (const std::string& defect : request.defects) {
      proto.mutable_supplement_requested()->add_defects(defect);
    }
    for (const MissingMaterial& missing : request.missing) {
      v1::Answer::MissingMaterial& out = *proto.mutable_supplement_requested()->add_missing();
      out.set_defect(missing.defect);
      out.set_kind(missing.kind);
    }
  }
  void operator()(const Decided& decided) {
    v1::Answer::Decided& out = *proto.mutable_decided();
    out.set_outcome(decided.approved ? v1::Answer::APPROVED : v1::Answer::REFUSED);
    out.set_decision_no(decided.decision_no);
    out.set_decision_date(decided.decision_date);
    for (const std::string& reason : decided.reasons) out.add_reasons(reason);
    out.set_remedies(decided.remedies);
    out.set_record_version(decided.record_version);
  }
  void operator()(const Returned& returned) {
    proto.mutable_returned()->set_reason(returned.reason);
  }
  void operator()(const NotAccepted& refusal) {
    v1::Answer::NotAccepted& out = *proto.mutable_not_accepted();
    out.set_document_no(refusal.document_no);
    for (const std::string& reason : refusal.reasons) out.add_reasons(reason);
    out.set_remedies(refusal.remedies);
  }
  void operator()(const ObjectionUpheld& upheld) {
    v1::Answer::ObjectionUpheld& out = *proto.mutable_objection_upheld();
    out.set_document_no(upheld.document_no);
    out.set_correction(upheld.correction);
    for (const std::string& reason : upheld.reasons) out.add_reasons(reason);
  }
  void operator()(const ObjectionRejected& rejected) {
    v1::Answer::ObjectionRejected& out = *proto.mutable_objection_rejected();
    out.set_document_no(rejected.document_no);
    for (const std::string& reason : rejected.reasons) out.add_reasons(reason);
    out.set_remedies(rejected.remedies);
  }
  void operator()(const Extended& extended) {
    proto.mutable_extended()->set_document_no(extended.document_no);
    proto.mutable_extended()->set_reason(extended.reason);
  }
  void operator()(const Revoked& revoked) {
    v1::Answer::Revoked& out = *proto.mutable_revoked();
    out.set_kind(revoked.kind);
    out.set_document_no(revoked.document_no);
    out.set_found_on(revoked.found_on);
    for (const std::string& reason : revoked.reasons) out.add_reasons(reason);
    out.set_remedies(revoked.remedies);
    out.set_found_by(revoked.found_by);
  }
};

}  // namespace

v1::Answer ToProto(const Answer& answer) {
  v1::Answer proto;
  proto.set_answer_id(answer.answer_id);
  proto.set_task(answer.task.ToString());
  proto.set_answered_at(answer.answered_at);
  std::visit(ToProtoKind{proto}, answer.kind);
  return proto;
}

absl::StatusOr<Answer> ParseAnswerJson(absl::string_view json) {
  if (!IsValidUtf8(json)) return FieldViolation("", "not UTF-8", "JSON in UTF-8");
  v1::Answer proto;
  const auto parsed = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(json.data(), json.size()), &proto);
  if (!parsed.ok()) {
    return FieldViolation("", parsed.message().ToString(), "an Answer of xiufu.department.v1");
  }
  Answer answer;
  answer.answer_id = proto.answer_id();
  answer.answered_at = proto.answered_at();
  absl::StatusOr<Id> task = Id::Parse(proto.task());
  if (!task.ok()) return FieldViolation("task", "not a UUID", "the task's UUID");
  answer.task = *task;
  if (absl::Status status = ReadKind(proto, answer); !status.ok()) return status;
  if (absl::Status status = CheckAnswer(answer); !status.ok()) return status;
  return answer;
}

}  // namespace xiufu::department
