#include "services/routing/drivers/answer_table.h"

namespace xiufu::routing {
namespace {

InputKind KindNamed(absl::string_view name) {
  int kind = 0;
  while (kind < kInputKinds && NameOf(static_cast<InputKind>(kind)) != name) ++kind;
  return static_cast<InputKind>(kind);
}

}  // namespace

std::optional<AnswerRow> AnswerTable::Find(storage::Tx& tx, const AnswerKey& key) const {
  storage::Query row = tx.Sql(
      "SELECT kind, content, counts, reason, fault_reason FROM answer"
      " WHERE case_id = ? AND task = ? AND answer_id = ?",
      key.case_id, key.task, key.answer_id);
  if (!row.Next()) return std::nullopt;
  return AnswerRow{.kind = KindNamed(row.Text(0)),
                   .content = std::string(row.Blob(1)),
                   .counts = row.Int(2) != 0,
                   .reason = std::string(row.Text(3)),
                   .fault_reason = std::string(row.Text(4))};
}

void AnswerTable::Insert(storage::Tx& tx, const AnswerKey& key, absl::Time received_at,
                         const AnswerRow& row) const {
  tx.Run(
      "INSERT INTO answer (case_id, task, answer_id, kind, content, received_at, counts, reason,"
      "  fault_reason)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      key.case_id, key.task, key.answer_id, NameOf(row.kind), storage::Blob{row.content},
      received_at, row.counts, row.reason, row.fault_reason);
}

void AnswerTable::MarkFaulty(storage::Tx& tx, const AnswerKey& key,
                             absl::string_view reason) const {
  tx.Run(
      "UPDATE answer SET counts = 0, reason = '无法入账 / could not be entered', fault_reason = ?"
      " WHERE case_id = ? AND task = ? AND answer_id = ?",
      reason, key.case_id, key.task, key.answer_id);
}

void AnswerTable::LetCount(storage::Tx& tx, const AnswerKey& key, const SupplementAllowed& allowed,
                           absl::Time at) const {
  tx.Run(
      "UPDATE answer SET counts = 1, reason = '' WHERE case_id = ? AND task = ? AND answer_id = ?",
      key.case_id, key.task, key.answer_id);
  tx.Run(
      "INSERT INTO supervision (case_id, task, answer_id, person, reason, at)"
      " VALUES (?, ?, ?, ?, ?, ?)",
      key.case_id, key.task, key.answer_id, allowed.person, allowed.reason, at);
}

}  // namespace xiufu::routing
