#include "services/routing/drivers/objection_table.h"

namespace xiufu::routing {
namespace {

// In the order in which Find and List select.
Objection ObjectionAt(const storage::Query& row) {
  const auto text = [&row](int column) { return std::string(row.Text(column)); };
  return {.id = row.IdAt(0),
          .number = text(1),
          .kind = static_cast<ObjectionKind>(row.Int(2)),
          .application = row.IdAt(3),
          .case_id = row.IdAt(4),
          .record = row.IdAt(5),
          .rule = {text(6), text(7), text(8), text(9)},
          .snapshot = std::string(row.Blob(10)),
          .materials = std::string(row.Blob(11)),
          .opening_sha256 = std::string(row.Blob(12)),
          .filed_at = row.TimeAt(13),
          .authority = {text(14), text(15), text(16), text(17)},
          .task = row.IdAt(18),
          .state = static_cast<ObjectionState>(row.Int(19)),
          .version = row.Int(20),
          .changed_at = row.TimeAt(21),
          .reason = text(22),
          .counted_answer = text(23),
          .overdue_since = row.TimeAt(24),
          .undelivered_since = row.TimeAt(25)};
}

}  // namespace

std::optional<Objection> ObjectionTable::Find(storage::Session& session, const Id& id) const {
  storage::Query row = session.Sql(
      "SELECT id, number, kind, application, case_id, record, rule_id, catalogue_version,"
      "  catalogue_sha256, calendar_version, snapshot, materials, opening_sha256, filed_at,"
      "  authority_code, authority_name, authority_uscc, authority_kind, task, state, version,"
      "  changed_at, reason, counted_answer, overdue_since, undelivered_since"
      " FROM objection WHERE id = ?",
      id);
  if (!row.Next()) return std::nullopt;
  return ObjectionAt(row);
}

std::vector<Objection> ObjectionTable::List(storage::Session& session, const Id& after,
                                            bool unassigned_only, int limit) const {
  storage::Query row = session.Sql(
      "SELECT id, number, kind, application, case_id, record, rule_id, catalogue_version,"
      "  catalogue_sha256, calendar_version, snapshot, materials, opening_sha256, filed_at,"
      "  authority_code, authority_name, authority_uscc, authority_kind, task, state, version,"
      "  changed_at, reason, counted_answer, overdue_since, undelivered_since"
      " FROM objection WHERE id > ? AND (state = 3 OR NOT ?) ORDER BY id LIMIT ?",
      storage::Blob{after.bytes()}, unassigned_only, limit);
  std::vector<Objection> objections;
  while (row.Next()) objections.push_back(ObjectionAt(row));
  return objections;
}

std::vector<Id> ObjectionTable::OpenAfter(storage::Tx& tx, const Id& after, size_t limit) const {
  // None is before the first: its bytes are all zero.
  storage::Query rows =
      tx.Sql("SELECT id FROM objection WHERE state IN (1, 2, 3) AND id > ? ORDER BY id LIMIT ?",
             storage::Blob{after.bytes()}, limit);
  std::vector<Id> ids;
  while (rows.Next()) ids.push_back(rows.IdAt(0));
  return ids;
}

void ObjectionTable::Insert(storage::Tx& tx, const Objection& objection) const {
  tx.Run(
      "INSERT INTO objection (id, number, kind, application, case_id, record, rule_id,"
      "  catalogue_version, catalogue_sha256, calendar_version, snapshot, materials,"
      "  opening_sha256, filed_at, authority_code, authority_name, authority_uscc, authority_kind,"
      "  task, state, version, changed_at, reason, counted_answer)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
      objection.id, objection.number, static_cast<int>(objection.kind), objection.application,
      objection.case_id, objection.record, objection.rule.rule_id, objection.rule.catalogue_version,
      objection.rule.catalogue_sha256, objection.rule.calendar_version,
      storage::Blob{objection.snapshot}, storage::Blob{objection.materials},
      storage::Blob{objection.opening_sha256}, objection.filed_at, objection.authority.code,
      objection.authority.name, objection.authority.uscc, objection.authority.kind, objection.task,
      static_cast<int>(objection.state), objection.version, objection.changed_at, objection.reason);
}

void ObjectionTable::Update(storage::Tx& tx, const Objection& objection) const {
  tx.Run(
      "UPDATE objection SET authority_code = ?, authority_name = ?, authority_uscc = ?,"
      "  authority_kind = ?, task = ?, state = ?, version = ?, changed_at = ?, reason = ?,"
      "  counted_answer = ?, overdue_since = ?, undelivered_since = ?"
      " WHERE id = ?",
      objection.authority.code, objection.authority.name, objection.authority.uscc,
      objection.authority.kind, objection.task, static_cast<int>(objection.state),
      objection.version, objection.changed_at, objection.reason, objection.counted_answer,
      objection.overdue_since, objection.undelivered_since, objection.id);
}

std::optional<std::string> ObjectionTable::HolderOf(storage::Tx& tx, const Id& objection,
                                                    const Id& task) const {
  storage::Query row = tx.Sql(
      "SELECT authority_code FROM objection_task WHERE id = ? AND objection = ?", task, objection);
  if (!row.Next()) return std::nullopt;
  return std::string(row.Text(0));
}

void ObjectionTable::InsertTask(storage::Tx& tx, const Id& objection, const Id& task,
                                absl::string_view authority_code, absl::Time at) const {
  tx.Run("INSERT INTO objection_task (id, objection, authority_code, given_at) VALUES (?, ?, ?, ?)",
         task, objection, authority_code, at);
}

void ObjectionTable::NoteDelivered(storage::Tx& tx, const Id& task, absl::Time at) const {
  tx.Run("UPDATE objection_task SET delivered_at = ? WHERE id = ? AND delivered_at IS NULL", at,
         task);
}

void ObjectionTable::InsertAssignment(storage::Tx& tx, const Objection& before, absl::Time at,
                                      const ObjectionAssigned& assigned) const {
  tx.Run(
      "INSERT INTO objection_assignment (objection, task, from_authority, to_authority,"
      "  returned_because, person, reason, at)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      before.id, assigned.task, before.authority.code, assigned.authority.code, before.reason,
      assigned.person, assigned.reason, at);
}

std::optional<std::string> ObjectionAnswerTable::FindContent(storage::Tx& tx,
                                                             const AnswerKey& key) const {
  storage::Query row = tx.Sql(
      "SELECT content FROM objection_answer WHERE objection = ? AND task = ? AND answer_id = ?",
      key.case_id, key.task, key.answer_id);
  if (!row.Next()) return std::nullopt;
  return std::string(row.Blob(0));
}

void ObjectionAnswerTable::Insert(storage::Tx& tx, const AnswerKey& key, absl::Time received_at,
                                  ObjectionInputKind kind, absl::string_view content,
                                  absl::string_view reason) const {
  tx.Run(
      "INSERT INTO objection_answer (objection, task, answer_id, kind, content, received_at,"
      "  counts, reason)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      key.case_id, key.task, key.answer_id, NameOf(kind), storage::Blob{content}, received_at,
      reason.empty(), reason);
}

}  // namespace xiufu::routing
