#include "services/routing/drivers/assignment_table.h"

namespace xiufu::routing {

void AssignmentTable::Insert(storage::Tx& tx, const Case& before, absl::Time at,
                             const Assigned& assigned) const {
  tx.Run(
      "INSERT INTO assignment (case_id, task, from_authority, to_authority, returned_because,"
      "  person, reason, at)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      before.id, assigned.task.id, before.authority.code, assigned.authority.code, before.reason,
      assigned.person, assigned.reason, at);
}

}  // namespace xiufu::routing
