#include "services/result_sync/drivers/conflict_table.h"

namespace xiufu::result {

void ConflictTable::Add(storage::Tx& tx, const Conflict& conflict) const {
  tx.Run(
      "INSERT OR IGNORE INTO conflict (case_id, decision, application, record, expected_version,"
      "  version, reason)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)",
      conflict.case_id, conflict.decision, conflict.application, conflict.record,
      conflict.expected_version, conflict.version, conflict.reason);
}

}  // namespace xiufu::result
