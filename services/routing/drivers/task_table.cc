#include "services/routing/drivers/task_table.h"

namespace xiufu::routing {

void TaskTable::Insert(storage::Tx& tx, const Task& task) const {
  tx.Run(
      "INSERT INTO task (id, case_id, application_number, materials, given_at, accept_due,"
      "  decide_due, authority_task_no)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, '')",
      task.id, task.case_id, task.application_number, storage::Blob{task.materials}, task.given_at,
      task.accept_due, task.decide_due);
}

void TaskTable::NoteDelivered(storage::Tx& tx, const Id& task, absl::string_view authority_task_no,
                              absl::Time at) const {
  tx.Run(
      "UPDATE task SET authority_task_no = ?, delivered_at = ?"
      " WHERE id = ? AND delivered_at IS NULL",
      authority_task_no, at, task);
}

}  // namespace xiufu::routing
