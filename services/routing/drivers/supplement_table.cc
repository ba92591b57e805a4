#include "services/routing/drivers/supplement_table.h"

namespace xiufu::routing {

std::optional<std::string> SupplementTable::FindMaterials(storage::Tx& tx, const Id& case_id,
                                                          int round) const {
  storage::Query row =
      tx.Sql("SELECT materials FROM supplement WHERE case_id = ? AND round = ?", case_id, round);
  if (!row.Next()) return std::nullopt;
  return std::string(row.Blob(0));
}

std::vector<std::string> SupplementTable::AllMaterials(storage::Tx& tx, const Id& case_id) const {
  storage::Query row =
      tx.Sql("SELECT materials FROM supplement WHERE case_id = ? ORDER BY round", case_id);
  std::vector<std::string> lists;
  while (row.Next()) lists.emplace_back(row.Blob(0));
  return lists;
}

void SupplementTable::Insert(storage::Tx& tx, const Id& case_id, absl::Time at,
                             const Supplemented& supplement) const {
  tx.Run("INSERT INTO supplement (case_id, round, materials, supplemented_at) VALUES (?, ?, ?, ?)",
         case_id, supplement.round, storage::Blob{supplement.materials}, at);
}

}  // namespace xiufu::routing
