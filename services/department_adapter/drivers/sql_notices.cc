#include "services/department_adapter/drivers/sql_notices.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/department_adapter/drivers/sql_materials.h"
#include "services/department_adapter/drivers/sql_opinions.h"

namespace xiufu::department {

std::optional<Supplement> SqlNotices::FindSupplement(storage::Session& session,
                                                     const Id& id) const {
  Supplement supplement;
  {
    storage::Query query = session.Sql(
        "SELECT task, round, supplemented_at, answer_id, fetched FROM supplement WHERE id = ?", id);
    if (!query.Next()) return std::nullopt;
    supplement = {id, query.IdAt(0),   static_cast<int32_t>(query.Int(1)),
                  {}, query.TimeAt(2), std::string(query.Text(3)),
                  {}};
    if (const absl::string_view kinds = query.Text(4); !kinds.empty()) {
      supplement.fetched = absl::StrSplit(kinds, '\n');
    }
  }
  supplement.materials = ReadMaterials(session, supplement.task, supplement.round);
  return supplement;
}

std::optional<std::string> SqlNotices::SupplementFingerprint(storage::Session& session,
                                                             const Id& task, int32_t round) const {
  storage::Query query =
      session.Sql("SELECT fingerprint FROM supplement WHERE task = ? AND round = ?", task, round);
  if (!query.Next()) return std::nullopt;
  return std::string(query.Blob(0));
}

void SqlNotices::InsertSupplement(storage::Tx& tx, const Supplement& supplement) const {
  const std::string fingerprint = Fingerprint(supplement);
  const std::string fetched = absl::StrJoin(supplement.fetched, "\n");
  tx.Run(
      "INSERT INTO supplement (id, task, round, supplemented_at, fingerprint, answer_id, fetched)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)",
      supplement.id, supplement.task, supplement.round, supplement.supplemented_at,
      storage::Blob{fingerprint}, supplement.answer_id, fetched);
  InsertMaterials(tx, supplement.task, supplement.round, supplement.materials);
}

void SqlNotices::MarkSupplementDelivered(storage::Tx& tx, const Id& id, absl::Time at) const {
  tx.Run("UPDATE supplement SET delivered_at = ?2 WHERE id = ?1", id, at);
}

std::optional<Fault> SqlNotices::FindFault(storage::Session& session, const Id& id) const {
  storage::Query query = session.Sql("SELECT task, answer_id, reason FROM fault WHERE id = ?", id);
  if (!query.Next()) return std::nullopt;
  return Fault{id, query.IdAt(0), std::string(query.Text(1)), std::string(query.Text(2))};
}

std::optional<std::string> SqlNotices::FaultReason(storage::Session& session, const Id& task,
                                                   absl::string_view answer_id) const {
  storage::Query query =
      session.Sql("SELECT reason FROM fault WHERE task = ? AND answer_id = ?", task, answer_id);
  if (!query.Next()) return std::nullopt;
  return std::string(query.Text(0));
}

void SqlNotices::InsertFault(storage::Tx& tx, const Fault& fault) const {
  tx.Run("INSERT INTO fault (id, task, answer_id, reason) VALUES (?, ?, ?, ?)", fault.id,
         fault.task, fault.answer_id, fault.reason);
}

void SqlNotices::MarkFaultDelivered(storage::Tx& tx, const Id& id, absl::Time at) const {
  tx.Run("UPDATE fault SET delivered_at = ?2 WHERE id = ?1", id, at);
}

std::optional<Opinion> SqlNotices::FindOpinion(storage::Session& session, const Id& id) const {
  storage::Query query = session.Sql(
      "SELECT task, review, by_whom, text, missing, given_at FROM opinion WHERE id = ?", id);
  if (!query.Next()) return std::nullopt;
  return ReadOpinion(query, id);
}

std::optional<std::string> SqlNotices::OpinionFingerprint(storage::Session& session, const Id& task,
                                                          absl::string_view review) const {
  storage::Query query =
      session.Sql("SELECT fingerprint FROM opinion WHERE task = ? AND review = ?", task, review);
  if (!query.Next()) return std::nullopt;
  return std::string(query.Blob(0));
}

void SqlNotices::InsertOpinion(storage::Tx& tx, const Opinion& opinion) const {
  InsertOpinionRow(tx, opinion);
  tx.Run("UPDATE opinion SET id = ? WHERE task = ? AND review = ?", opinion.id, opinion.task,
         opinion.review);
}

void SqlNotices::MarkOpinionDelivered(storage::Tx& tx, const Id& id, absl::Time at) const {
  tx.Run("UPDATE opinion SET delivered_at = ?2 WHERE id = ?1", id, at);
}

std::optional<Reminder> SqlNotices::FindReminder(storage::Session& session, const Id& id) const {
  storage::Query query = session.Sql(
      "SELECT task, kind, text, deadline_kind, due_date, number, given_at FROM reminder"
      " WHERE id = ?",
      id);
  if (!query.Next()) return std::nullopt;
  return Reminder{id,
                  query.IdAt(0),
                  std::string(query.Text(1)),
                  std::string(query.Text(2)),
                  std::string(query.Text(3)),
                  std::string(query.Text(4)),
                  std::string(query.Text(5)),
                  query.TimeAt(6)};
}

void SqlNotices::InsertReminder(storage::Tx& tx, const Reminder& reminder) const {
  tx.Run(
      "INSERT INTO reminder (id, task, kind, text, deadline_kind, due_date, number, given_at)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      reminder.id, reminder.task, reminder.kind, reminder.text, reminder.deadline_kind,
      reminder.due_date, reminder.number, reminder.given_at);
}

void SqlNotices::MarkReminderDelivered(storage::Tx& tx, const Id& id, absl::Time at) const {
  tx.Run("UPDATE reminder SET delivered_at = ?2 WHERE id = ?1", id, at);
}

std::vector<Id> SqlNotices::Undelivered(storage::Session& session, const Id& task) const {
  storage::Query query = session.Sql(
      "SELECT id FROM supplement WHERE task = ?1 AND delivered_at IS NULL"
      " UNION ALL SELECT id FROM fault WHERE task = ?1 AND delivered_at IS NULL"
      " UNION ALL SELECT id FROM opinion"
      "            WHERE task = ?1 AND id IS NOT NULL AND delivered_at IS NULL"
      " UNION ALL SELECT id FROM reminder WHERE task = ?1 AND delivered_at IS NULL",
      task);
  std::vector<Id> ids;
  while (query.Next()) ids.push_back(query.IdAt(0));
  return ids;
}

std::optional<Cancellation> SqlNotices::FindCancellation(storage::Session& session,
                                                         const Id& id) const {
  storage::Query query =
      session.Sql("SELECT task, cause, reason, cancelled_at FROM cancellation WHERE id = ?", id);
  if (!query.Next()) return std::nullopt;
  return Cancellation{id, query.IdAt(0), std::string(query.Text(1)), std::string(query.Text(2)),
                      query.TimeAt(3)};
}

std::optional<Cancellation> SqlNotices::CancellationOf(storage::Session& session,
                                                       const Id& task) const {
  storage::Query query =
      session.Sql("SELECT id, cause, reason, cancelled_at FROM cancellation WHERE task = ?", task);
  if (!query.Next()) return std::nullopt;
  return Cancellation{query.IdAt(0), task, std::string(query.Text(1)), std::string(query.Text(2)),
                      query.TimeAt(3)};
}

void SqlNotices::InsertCancellation(storage::Tx& tx, const Cancellation& cancellation) const {
  tx.Run("INSERT INTO cancellation (id, task, cause, reason, cancelled_at) VALUES (?, ?, ?, ?, ?)",
         cancellation.id, cancellation.task, cancellation.cause, cancellation.reason,
         cancellation.cancelled_at);
}

void SqlNotices::MarkCancellationDelivered(storage::Tx& tx, const Id& id, absl::Time at) const {
  tx.Run("UPDATE cancellation SET delivered_at = ?2 WHERE id = ?1", id, at);
}

}  // namespace xiufu::department
