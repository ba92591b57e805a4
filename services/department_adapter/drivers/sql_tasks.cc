#include "services/department_adapter/drivers/sql_tasks.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/department_adapter/drivers/sql_materials.h"
#include "services/department_adapter/drivers/sql_opinions.h"

namespace xiufu::department {
namespace {

std::string TextAt(const storage::Query& query, int column) {
  return std::string(query.Text(column));
}

RecordFacts ReadRecord(const storage::Query& query) {
  RecordFacts record;
  record.record = query.IdAt(4);
  record.version = static_cast<uint64_t>(query.Int(5));
  record.subject_uscc = TextAt(query, 6);
  record.subject_name = TextAt(query, 7);
  record.document_no = TextAt(query, 8);
  record.decision_date = TextAt(query, 9);
  if (const absl::string_view kinds = query.Text(10); !kinds.empty()) {
    record.penalty_kinds = absl::StrSplit(kinds, '\n');
  }
  record.fine_fen = query.Int(11);
  record.confiscated_fen = query.Int(12);
  record.violation = TextAt(query, 13);
  record.matter = TextAt(query, 22);
  record.list_name = TextAt(query, 23);
  record.ground = TextAt(query, 24);
  return record;
}

StoredTask ReadTask(const Id& id, const storage::Query& query) {
  StoredTask stored;
  Task& task = stored.task;
  task.id = id;
  task.case_id = query.IdAt(0);
  task.application = query.IdAt(1);
  task.application_number = TextAt(query, 2);
  task.authority_code = TextAt(query, 3);
  task.record = ReadRecord(query);
  task.rule_id = TextAt(query, 14);
  task.given_at = query.TimeAt(15);
  task.accept_due = TextAt(query, 16);
  task.decide_due = TextAt(query, 17);
  task.objection_kind = TextAt(query, 25);
  task.repair_case = query.IdAt(26);
  stored.progress.place = {static_cast<uint8_t>(query.Int(18)),
                           static_cast<uint8_t>(query.Int(19))};
  stored.progress.traceparent = TextAt(query, 20);
  stored.progress.authority_task_no = TextAt(query, 21);
  return stored;
}

}  // namespace

std::optional<StoredTask> SqlTasks::Find(storage::Session& session, const Id& task) const {
  std::optional<StoredTask> stored;
  {
    storage::Query query = session.Sql(
        "SELECT case_id, application, application_number, authority_code, record, record_version,"
        " subject_uscc, subject_name, document_no, decision_date, penalty_kinds, fine_fen,"
        " confiscated_fen, violation, rule_id, given_at, accept_due, decide_due, cell, bucket,"
        " traceparent, authority_task_no, matter, list_name, ground, objection_kind,"
        " repair_case FROM task WHERE id = ?",
        task);
    if (!query.Next()) return std::nullopt;
    stored = ReadTask(task, query);
  }
  stored->task.materials = ReadMaterials(session, task, 0);
  stored->task.opinions = OpinionsWith(session, task);
  return stored;
}

std::optional<std::string> SqlTasks::FingerprintOf(storage::Session& session,
                                                   const Id& task) const {
  storage::Query query = session.Sql("SELECT fingerprint FROM task WHERE id = ?", task);
  if (!query.Next()) return std::nullopt;
  return std::string(query.Blob(0));
}

void SqlTasks::Insert(storage::Tx& tx, const StoredTask& stored) const {
  const Task& task = stored.task;
  const RecordFacts& record = task.record;
  const std::string kinds = absl::StrJoin(record.penalty_kinds, "\n");
  const std::string fingerprint = Fingerprint(task);
  tx.Run(
      "INSERT INTO task (id, case_id, application, application_number, authority_code, record,"
      " record_version, subject_uscc, subject_name, document_no, decision_date, penalty_kinds,"
      " fine_fen, confiscated_fen, violation, rule_id, given_at, accept_due, decide_due,"
      " fingerprint, cell, bucket, traceparent, matter, list_name, ground, objection_kind,"
      " repair_case)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?)",
      task.id, task.case_id, task.application, task.application_number, task.authority_code,
      record.record, record.version, record.subject_uscc, record.subject_name, record.document_no,
      record.decision_date, kinds, record.fine_fen, record.confiscated_fen, record.violation,
      task.rule_id, task.given_at, task.accept_due, task.decide_due, storage::Blob{fingerprint},
      stored.progress.place.cell, stored.progress.place.bucket, stored.progress.traceparent,
      record.matter, record.list_name, record.ground, task.objection_kind, task.repair_case);
  InsertMaterials(tx, task.id, 0, task.materials);
  for (const Opinion& opinion : task.opinions) InsertOpinionRow(tx, opinion);
}

void SqlTasks::MarkDelivered(storage::Tx& tx, const Id& task, absl::string_view authority_task_no,
                             absl::Time at) const {
  tx.Run("UPDATE task SET authority_task_no = ?2, delivered_at = ?3 WHERE id = ?1", task,
         authority_task_no, at);
}

std::optional<Material> SqlTasks::FindMaterial(storage::Session& session, const Id& task,
                                               const Id& material) const {
  storage::Query query = session.Sql(
      "SELECT kind, media_type, size, sha256 FROM task_material WHERE task = ? AND material = ?",
      task, material);
  if (!query.Next()) return std::nullopt;
  return Material{material, TextAt(query, 0), TextAt(query, 1), query.Int(2),
                  std::string(query.Blob(3))};
}

}  // namespace xiufu::department
