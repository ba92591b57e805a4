#include "services/routing/drivers/task_table.h"

namespace xiufu::routing {

void TaskTable::Insert(storage::Tx& tx, const Task& task) const {
  tx.Run(
      "INSERT INTO task (id, case_id, application_number, materials, given_at, accept_due,"
      "  decide_due, authority_task_no, authority_code)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, '', ?)",
      task.id, task.case_id, task.application_number, storage::Blob{task.materials}, task.given_at,
      task.accept_due, task.decide_due, task.authority_code);
}

std::optional<Task> TaskTable::Find(storage::Tx& tx, const Id& id) const {
  storage::Query row = tx.Sql(
      "SELECT case_id, authority_code, application_number, materials, given_at, accept_due,"
      "  decide_due, delivered_at FROM task WHERE id = ?",
      id);
  if (!row.Next()) return std::nullopt;
  return Task{.id = id,
              .case_id = row.IdAt(0),
              .authority_code = std::string(row.Text(1)),
              .application_number = std::string(row.Text(2)),
              .materials = std::string(row.Blob(3)),
              .given_at = row.TimeAt(4),
              .delivered_at = row.TimeAt(7),
              .accept_due = std::string(row.Text(5)),
              .decide_due = std::string(row.Text(6))};
}

void TaskTable::NoteDelivered(storage::Tx& tx, const Id& task, absl::string_view authority_task_no,
                              absl::Time at) const {
  tx.Run(
      "UPDATE task SET authority_task_no = ?, delivered_at = ?"
      " WHERE id = ? AND delivered_at IS NULL",
      authority_task_no, at, task);
}

}  // namespace xiufu::routing
