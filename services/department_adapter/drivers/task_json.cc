#include "services/department_adapter/drivers/task_json.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "libs/base/clock.h"
#include "xiufu/department/v1/department.pb.h"

namespace xiufu::department {
namespace {

std::string ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  // Fails only for messages that hold an Any or a bad Timestamp: these do not.
  (void)google::protobuf::util::MessageToJsonString(message, &json, options);
  return json;
}

std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3S%Ez", time, ShanghaiZone());
}

std::string FileNameOf(const ApplicationFile& file, const Id& material) {
  for (const ApplicationFile::FileName& known : file.file_names) {
    if (known.material == material) return known.name;
  }
  return material.ToString();
}

std::string NoteOf(const ApplicationFile& file, const Id& case_id, int32_t round) {
  for (const ApplicationFile::Note& note : file.notes) {
    if (note.case_id == case_id && note.round == round) return note.note;
  }
  return "";
}

void SetMaterial(const Task& task, const Material& material, const ApplicationFile& file,
                 absl::string_view public_url, v1::Task::Material& proto) {
  proto.set_material(material.material.ToString());
  proto.set_kind(material.kind);
  proto.set_file_name(FileNameOf(file, material.material));
  proto.set_media_type(material.media_type);
  proto.set_size(material.size);
  proto.set_sha256(HexEncode(material.sha256));
  proto.set_url(absl::StrCat(public_url, "/v1/tasks/", task.id.ToString(), "/materials/",
                             material.material.ToString()));
}

void SetRecord(const RecordFacts& record, v1::Task& proto) {
  proto.mutable_subject()->set_uscc(record.subject_uscc);
  proto.mutable_subject()->set_name(record.subject_name);
  v1::Task::Record& out = *proto.mutable_record();
  out.set_record(record.record.ToString());
  out.set_version(record.version);
  out.set_document_no(record.document_no);
  out.set_decision_date(record.decision_date);
  for (const std::string& kind : record.penalty_kinds) out.add_penalty_kinds(kind);
  out.set_fine_fen(record.fine_fen);
  out.set_confiscated_fen(record.confiscated_fen);
  out.set_violation(record.violation);
  out.set_matter(record.matter);
  out.set_list_name(record.list_name);
  out.set_ground(record.ground);
}

std::string ObjectionJson(const Task& task, const ApplicationFile& file,
                          absl::string_view public_url) {
  v1::Task common;
  SetRecord(task.record, common);
  v1::Objection proto;
  proto.set_request_id(task.id.ToString());
  proto.set_task(task.id.ToString());
  proto.set_objection_number(task.application_number);
  proto.set_authority_code(task.authority_code);
  proto.set_kind(task.objection_kind);
  *proto.mutable_subject() = common.subject();
  *proto.mutable_record() = common.record();
  proto.mutable_applicant()->set_name(file.applicant.name);
  proto.mutable_applicant()->set_phone(file.applicant.phone);
  proto.mutable_applicant()->set_capacity(file.applicant.capacity);
  proto.set_statement(file.statement);
  for (const Material& material : task.materials) {
    SetMaterial(task, material, file, public_url, *proto.add_materials());
  }
  proto.set_rule_id(task.rule_id);
  proto.set_filed_at(TimeText(task.given_at));
  proto.set_decide_due(task.decide_due);
  if (!task.repair_case.IsNone()) proto.set_case_id(task.repair_case.ToString());
  proto.set_callback_url(absl::StrCat(public_url, "/v1/answers"));
  return ToJson(proto);
}

void SetBan(const ApplicationFile::Ban& ban, v1::Task::Ban& out) {
  out.set_from_date(ban.from_date);
  out.set_until_date(ban.until_date);
  out.set_document_no(ban.document_no);
  out.set_authority_name(ban.authority_name);
  out.set_source(ban.source);
  out.set_unverified(ban.unverified);
}

void SetOpinion(const Opinion& opinion, v1::Opinion& out) {
  if (!opinion.id.IsNone()) out.set_request_id(opinion.id.ToString());
  out.set_task(opinion.task.ToString());
  out.set_review(opinion.review);
  out.set_by(opinion.by);
  out.set_text(opinion.text);
  *out.mutable_missing() = {opinion.missing.begin(), opinion.missing.end()};
  out.set_given_at(TimeText(opinion.given_at));
}

}  // namespace

std::string TaskJson(const Task& task, const ApplicationFile& file, absl::string_view public_url) {
  if (task.is_objection()) return ObjectionJson(task, file, public_url);
  v1::Task proto;
  proto.set_request_id(task.id.ToString());
  proto.set_task(task.id.ToString());
  proto.set_application_number(task.application_number);
  proto.set_case_id(task.case_id.ToString());
  proto.set_authority_code(task.authority_code);
  SetRecord(task.record, proto);
  proto.mutable_applicant()->set_name(file.applicant.name);
  proto.mutable_applicant()->set_phone(file.applicant.phone);
  proto.mutable_applicant()->set_capacity(file.applicant.capacity);
  proto.mutable_applicant()->set_note(NoteOf(file, task.case_id, 0));
  for (const Material& material : task.materials) {
    SetMaterial(task, material, file, public_url, *proto.add_materials());
  }
  proto.set_rule_id(task.rule_id);
  proto.set_given_at(TimeText(task.given_at));
  proto.set_accept_due(task.accept_due);
  proto.set_decide_due(task.decide_due);
  proto.set_callback_url(absl::StrCat(public_url, "/v1/answers"));
  for (const ApplicationFile::Ban& ban : file.bans) SetBan(ban, *proto.add_bans());
  for (const Opinion& opinion : task.opinions) SetOpinion(opinion, *proto.add_opinions());
  return ToJson(proto);
}

std::string SupplementJson(const Task& task, const Supplement& supplement,
                           const ApplicationFile& file, absl::string_view public_url) {
  v1::Supplement proto;
  proto.set_request_id(supplement.id.ToString());
  proto.set_task(supplement.task.ToString());
  proto.set_round(std::max(supplement.round, 0));
  for (const Material& material : supplement.materials) {
    SetMaterial(task, material, file, public_url, *proto.add_materials());
  }
  proto.set_note(NoteOf(file, task.case_id, supplement.round));
  proto.set_supplemented_at(TimeText(supplement.supplemented_at));
  proto.set_answer_id(supplement.answer_id);
  *proto.mutable_fetched() = {supplement.fetched.begin(), supplement.fetched.end()};
  return ToJson(proto);
}

std::string OpinionJson(const Opinion& opinion) {
  v1::Opinion proto;
  SetOpinion(opinion, proto);
  return ToJson(proto);
}

std::string FaultJson(const Fault& fault) {
  return nlohmann::json{{"answerId", fault.answer_id}, {"reason", fault.reason}}.dump(
      -1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string ReminderJson(const Reminder& reminder) {
  v1::Reminder proto;
  proto.set_request_id(reminder.id.ToString());
  proto.set_task(reminder.task.ToString());
  proto.set_kind(reminder.kind);
  proto.set_text(reminder.text);
  proto.set_deadline_kind(reminder.deadline_kind);
  proto.set_due_date(reminder.due_date);
  proto.set_number(reminder.number);
  proto.set_given_at(TimeText(reminder.given_at));
  return ToJson(proto);
}

std::string CancellationJson(const Cancellation& cancellation) {
  v1::Cancellation proto;
  proto.set_request_id(cancellation.id.ToString());
  proto.set_task(cancellation.task.ToString());
  proto.set_cause(cancellation.cause);
  proto.set_reason(cancellation.reason);
  proto.set_cancelled_at(TimeText(cancellation.cancelled_at));
  return ToJson(proto);
}

}  // namespace xiufu::department
