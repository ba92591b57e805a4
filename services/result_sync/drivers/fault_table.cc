#include "services/result_sync/drivers/fault_table.h"

namespace xiufu::result {

std::optional<std::string> FaultTable::FindContent(storage::Tx& tx, const Id& case_id,
                                                   absl::string_view answer_id) const {
  storage::Query row =
      tx.Sql("SELECT content FROM fault WHERE case_id = ? AND answer_id = ?", case_id, answer_id);
  if (!row.Next()) return std::nullopt;
  return std::string(row.Blob(0));
}

void FaultTable::Insert(storage::Tx& tx, const TakenAnswer& answer,
                        absl::string_view reason) const {
  tx.Run(
      "INSERT INTO fault (case_id, answer_id, task, content, reason, found_at)"
      " VALUES (?, ?, ?, ?, ?, ?)",
      answer.case_id, answer.answer_id, answer.task, storage::Blob{answer.content}, reason,
      answer.taken_at);
}

}  // namespace xiufu::result
