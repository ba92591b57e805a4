#include "services/routing/drivers/desk_table.h"

#include <algorithm>

namespace xiufu::routing {
namespace {

// Nothing is before it; the store keeps no times of before 1970.
absl::Time StoredAt(const DeskPosition& after) { return std::max(after.at, absl::UnixEpoch()); }

}  // namespace

std::vector<UnassignedCase> DeskTable::Unassigned(storage::Session& session,
                                                  const DeskPosition& after, int limit) const {
  storage::Query row = session.Sql(
      "SELECT kase.id, kase.application, task.application_number, kase.snapshot, kase.reason,"
      "  kase.changed_at"
      " FROM kase INDEXED BY kase_to_be_assigned JOIN task ON task.id = kase.task"
      " WHERE kase.state = 8 AND (kase.changed_at, kase.id) > (?, ?)"
      " ORDER BY kase.changed_at, kase.id LIMIT ?",
      StoredAt(after), storage::Blob{after.id.bytes()}, limit);
  std::vector<UnassignedCase> cases;
  while (row.Next()) {
    cases.push_back({row.IdAt(0), row.IdAt(1), std::string(row.Text(2)), std::string(row.Blob(3)),
                     std::string(row.Text(4)), row.TimeAt(5)});
  }
  return cases;
}

std::vector<UncountedAnswer> DeskTable::Uncounted(storage::Session& session,
                                                  const DeskPosition& after, int limit) const {
  storage::Query row = session.Sql(
      "SELECT answer.case_id, answer.task, answer.answer_id, kase.application,"
      "  task.application_number, task.authority_code, answer.kind, answer.reason,"
      "  answer.received_at"
      " FROM answer INDEXED BY answer_uncounted"
      "  JOIN kase ON kase.id = answer.case_id JOIN task ON task.id = answer.task"
      " WHERE answer.counts = 0"
      "  AND (answer.received_at, answer.case_id, answer.task, answer.answer_id) > (?, ?, ?, ?)"
      " ORDER BY answer.received_at, answer.case_id, answer.task, answer.answer_id LIMIT ?",
      StoredAt(after), storage::Blob{after.id.bytes()}, storage::Blob{after.task.bytes()},
      after.answer_id, limit);
  std::vector<UncountedAnswer> answers;
  while (row.Next()) {
    answers.push_back({{row.IdAt(0), row.IdAt(1), std::string(row.Text(2))},
                       row.IdAt(3),
                       std::string(row.Text(4)),
                       std::string(row.Text(5)),
                       std::string(row.Text(6)),
                       std::string(row.Text(7)),
                       row.TimeAt(8)});
  }
  return answers;
}

}  // namespace xiufu::routing
