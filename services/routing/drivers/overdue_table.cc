#include "services/routing/drivers/overdue_table.h"

namespace xiufu::routing {

void OverdueTable::Put(storage::Tx& tx, const Case& kase, absl::string_view kind, absl::Time since,
                       std::optional<absl::Time> until) const {
  tx.Run(
      "INSERT OR REPLACE INTO overdue (case_id, kind, since, until, authority_code)"
      " VALUES (?, ?, ?, ?, ?)",
      kase.id, kind, since, until, kase.authority.code);
}

void OverdueTable::Remove(storage::Tx& tx, const Id& case_id, absl::string_view kind,
                          absl::Time since) const {
  tx.Run("DELETE FROM overdue WHERE case_id = ? AND kind = ? AND since = ?", case_id, kind, since);
}

}  // namespace xiufu::routing
