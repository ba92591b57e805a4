#include "services/result_sync/drivers/decision_table.h"

namespace xiufu::result {

std::optional<EnteredDecision> DecisionTable::Find(storage::Tx& tx, const Id& case_id) const {
  storage::Query row = tx.Sql(
      "SELECT id, application, content, result, subject_uscc, reported_by FROM decision"
      " WHERE case_id = ?",
      case_id);
  if (!row.Next()) return std::nullopt;
  return EnteredDecision{row.IdAt(0),
                         row.IdAt(1),
                         std::string(row.Blob(2)),
                         static_cast<Outcome>(row.Int(3)),
                         std::string(row.Text(4)),
                         !row.Text(5).empty()};
}

void DecisionTable::Insert(storage::Tx& tx, const Decision& decision) const {
  const TakenAnswer& answer = decision.answer;
  tx.Run(
      "INSERT INTO decision (case_id, id, application, record, record_version, subject_uscc,"
      "  authority_code, authority_name, authority_uscc, task, answer_id, content, result,"
      "  decision_no, decision_date, entered_at, result_word, reported_by)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      answer.case_id, decision.id, answer.application, answer.record, answer.record_version,
      answer.subject_uscc, answer.authority.code, answer.authority.name, answer.authority.uscc,
      answer.task, answer.answer_id, storage::Blob{answer.content},
      static_cast<int>(answer.outcome), answer.decision_no, answer.decision_date,
      decision.entered_at, answer.result_word, answer.reported_by);
}

}  // namespace xiufu::result
