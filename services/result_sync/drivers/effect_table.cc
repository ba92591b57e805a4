#include "services/result_sync/drivers/effect_table.h"

namespace xiufu::result {

void EffectTable::Insert(storage::Tx& tx, const Id& case_id, const Effect& effect) const {
  tx.Run("INSERT INTO effect (case_id, effect, carrier) VALUES (?, ?, ?)", case_id, effect.name,
         effect.carrier);
}

bool EffectTable::Confirm(storage::Tx& tx, const Id& case_id, absl::string_view name,
                          absl::Time at) const {
  return tx.Run(
             "UPDATE effect SET confirmed_at = ?"
             " WHERE case_id = ? AND effect = ? AND confirmed_at IS NULL",
             at, case_id, name) > 0;
}

bool EffectTable::AllConfirmed(storage::Tx& tx, const Id& case_id) const {
  storage::Query row =
      tx.Sql("SELECT count(*), count(confirmed_at) FROM effect WHERE case_id = ?", case_id);
  return row.Next() && row.Int(0) > 0 && row.Int(0) == row.Int(1);
}

}  // namespace xiufu::result
