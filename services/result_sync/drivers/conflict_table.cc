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

bool ConflictTable::Has(storage::Tx& tx, const Id& decision) const {
  return tx.Sql("SELECT 1 FROM conflict WHERE decision = ?", decision).Next();
}

bool ConflictTable::IsSettled(storage::Tx& tx, const Id& decision) const {
  return tx.Sql("SELECT 1 FROM settled_conflict WHERE decision = ?", decision).Next();
}

void ConflictTable::Settle(storage::Tx& tx, const Id& decision, absl::string_view person,
                           absl::string_view reason, absl::Time at) const {
  tx.Run("INSERT INTO settled_conflict (decision, person, reason, at) VALUES (?, ?, ?, ?)",
         decision, person, reason, at);
}

std::vector<OpenConflict> ConflictTable::Open(storage::Session& session, const Id& after,
                                              int limit) const {
  // What publication has confirmed for the case meanwhile was carried out by a person; of a
  // decision that is revoked nothing is left to carry out.
  storage::Query row = session.Sql(
      "SELECT c.case_id, c.application, c.record, c.decision, c.expected_version, c.version,"
      "  c.reason, d.entered_at"
      " FROM conflict c LEFT JOIN decision d ON d.case_id = c.case_id"
      " WHERE c.decision > ?"
      "  AND NOT EXISTS (SELECT 1 FROM settled_conflict s WHERE s.decision = c.decision)"
      "  AND NOT EXISTS (SELECT 1 FROM effect e WHERE e.case_id = c.case_id"
      "                  AND e.carrier = 'publication' AND e.confirmed_at IS NOT NULL)"
      "  AND NOT EXISTS (SELECT 1 FROM revocation r WHERE r.case_id = c.case_id"
      "                  AND r.decision = c.decision)"
      " ORDER BY c.decision LIMIT ?",
      storage::Blob{after.bytes()}, limit);
  std::vector<OpenConflict> open;
  while (row.Next()) {
    open.push_back({{.case_id = row.IdAt(0),
                     .application = row.IdAt(1),
                     .record = row.IdAt(2),
                     .decision = row.IdAt(3),
                     .expected_version = static_cast<uint64_t>(row.Int(4)),
                     .version = static_cast<uint64_t>(row.Int(5)),
                     .reason = std::string(row.Text(6))},
                    row.TimeAt(7)});
  }
  return open;
}

}  // namespace xiufu::result
