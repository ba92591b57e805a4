#include "services/department_adapter/domain/task.h"

#include "services/department_adapter/domain/content_hash.h"

namespace xiufu::department {
namespace {

void AddMaterials(const std::vector<Material>& materials, ContentHash& hash) {
  hash.Add(static_cast<int64_t>(materials.size()));
  for (const Material& material : materials) {
    hash.Add(material.material.bytes())
        .Add(material.kind)
        .Add(material.media_type)
        .Add(material.size)
        .Add(material.sha256);
  }
}

void AddRecord(const RecordFacts& record, ContentHash& hash) {
  hash.Add(record.record.bytes())
      .Add(static_cast<int64_t>(record.version))
      .Add(record.subject_uscc)
      .Add(record.subject_name)
      .Add(record.document_no)
      .Add(record.decision_date)
      .Add(record.fine_fen)
      .Add(record.confiscated_fen)
      .Add(record.violation)
      .Add(static_cast<int64_t>(record.penalty_kinds.size()));
  for (const std::string& kind : record.penalty_kinds) hash.Add(kind);
  // A penalty hashes as it did before there were other kinds.
  if (record.matter == RecordFacts().matter) return;
  hash.Add(record.matter).Add(record.list_name).Add(record.ground);
}

void AddOpinion(const Opinion& opinion, ContentHash& hash) {
  // How the suite's own look is put in words is no part of what was said.
  hash.Add(opinion.review)
      .Add(opinion.by)
      .Add(opinion.by.empty() ? "" : opinion.text)
      .Add(absl::ToUnixMillis(opinion.given_at))
      .Add(static_cast<int64_t>(opinion.missing.size()));
  for (const std::string& kind : opinion.missing) hash.Add(kind);
}

}  // namespace

std::string Fingerprint(const Opinion& opinion) {
  ContentHash hash;
  hash.Add(opinion.task.bytes());
  AddOpinion(opinion, hash);
  return hash.Finish();
}

std::string Fingerprint(const Task& task) {
  ContentHash hash;
  hash.Add(task.id.bytes())
      .Add(task.case_id.bytes())
      .Add(task.application.bytes())
      .Add(task.application_number)
      .Add(task.authority_code)
      .Add(task.rule_id)
      .Add(absl::ToUnixMillis(task.given_at))
      .Add(task.accept_due)
      .Add(task.decide_due);
  AddRecord(task.record, hash);
  AddMaterials(task.materials, hash);
  if (task.is_objection()) hash.Add(task.objection_kind).Add(task.repair_case.bytes());
  for (const Opinion& opinion : task.opinions) AddOpinion(opinion, hash);
  return hash.Finish();
}

std::string Fingerprint(const Supplement& supplement) {
  ContentHash hash;
  hash.Add(supplement.task.bytes())
      .Add(supplement.round)
      .Add(absl::ToUnixMillis(supplement.supplemented_at));
  AddMaterials(supplement.materials, hash);
  // The applicant's hash as they did before there were others.
  if (!supplement.answer_id.empty()) hash.Add(supplement.answer_id);
  for (const std::string& kind : supplement.fetched) hash.Add(kind);
  return hash.Finish();
}

}  // namespace xiufu::department
