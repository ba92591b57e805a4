#include "services/routing/drivers/conflict_table.h"

#include <algorithm>

#include "services/routing/domain/transition.h"

namespace xiufu::routing {
namespace {

// Whether a supervisor may still let a request for one more supplement count.
bool MayBeAllowed(int64_t state) {
  return TransitionOf(static_cast<CaseState>(state), InputKind::kSupplementAllowed).meaning ==
         Meaning::kMove;
}

}  // namespace

std::optional<bool> ConflictTable::CountsOf(storage::Tx& tx, const AnswerKey& key) const {
  storage::Query row = tx.Sql(
      "SELECT counts FROM answer WHERE case_id = ?1 AND task = ?2 AND answer_id = ?3"
      " UNION ALL"
      " SELECT counts FROM objection_answer WHERE objection = ?1 AND task = ?2 AND answer_id = ?3",
      key.case_id, key.task, key.answer_id);
  if (!row.Next()) return std::nullopt;
  return row.Int(0) != 0;
}

bool ConflictTable::IsSettled(storage::Tx& tx, const AnswerKey& key) const {
  return tx
      .Sql("SELECT 1 FROM settled_answer WHERE case_id = ? AND task = ? AND answer_id = ?",
           key.case_id, key.task, key.answer_id)
      .Next();
}

void ConflictTable::Settle(storage::Tx& tx, const AnswerKey& key, absl::string_view person,
                           absl::string_view reason, absl::Time at) const {
  tx.Run(
      "INSERT INTO settled_answer (case_id, task, answer_id, person, reason, at)"
      " VALUES (?, ?, ?, ?, ?, ?)",
      key.case_id, key.task, key.answer_id, person, reason, at);
}

std::vector<AnswerConflict> ConflictTable::Open(storage::Session& session,
                                                const DeskPosition& after, int limit) const {
  // What the ledger could not enter has gone back to its authority and is no person's turn.
  storage::Query row = session.Sql(
      "SELECT * FROM ("
      "SELECT a.received_at AS at, a.case_id AS id, a.task AS task, a.answer_id AS answer_id,"
      "  0 AS objection, t.application_number, t.authority_code, a.kind, a.reason,"
      "  a.kind = 'SUPPLEMENT_REQUESTED' AND k.task = a.task, k.state"
      " FROM answer a INDEXED BY answer_uncounted JOIN kase k ON k.id = a.case_id"
      "  JOIN task t ON t.id = a.task WHERE a.counts = 0 AND a.fault_reason = ''"
      " UNION ALL "
      "SELECT a.received_at, a.objection, a.task, a.answer_id, 1, o.number, t.authority_code,"
      "  a.kind, a.reason, 0, 0"
      " FROM objection_answer a INDEXED BY objection_answer_uncounted"
      "  JOIN objection o ON o.id = a.objection JOIN objection_task t ON t.id = a.task"
      " WHERE a.counts = 0) found"
      " WHERE (at, id, task, answer_id) > (?, ?, ?, ?)"
      "  AND NOT EXISTS (SELECT 1 FROM settled_answer s WHERE s.case_id = found.id"
      "                  AND s.task = found.task AND s.answer_id = found.answer_id)"
      " ORDER BY at, id, task, answer_id LIMIT ?",
      std::max(after.at, absl::UnixEpoch()), storage::Blob{after.id.bytes()},
      storage::Blob{after.task.bytes()}, after.answer_id, limit);
  std::vector<AnswerConflict> conflicts;
  while (row.Next()) {
    conflicts.push_back({{row.IdAt(1), row.IdAt(2), std::string(row.Text(3))},
                         row.Int(4) != 0,
                         std::string(row.Text(5)),
                         std::string(row.Text(6)),
                         std::string(row.Text(7)),
                         std::string(row.Text(8)),
                         row.Int(9) != 0 && MayBeAllowed(row.Int(10)),
                         row.TimeAt(0)});
  }
  return conflicts;
}

}  // namespace xiufu::routing
