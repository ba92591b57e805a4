#include "services/routing/drivers/told_table.h"

namespace xiufu::routing {

void ToldTable::Insert(storage::Tx& tx, const Id& case_id, absl::Time at, absl::string_view kind,
                       const Told& told) const {
  const auto* filed = std::get_if<Told::Filed>(&told.kind);
  tx.Run(
      "INSERT INTO told (case_id, told_id, at, kind, upstream_no, day, person, source)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      case_id, told.answer_id, at, kind, filed == nullptr ? "" : filed->upstream_no,
      filed == nullptr ? "" : filed->day, told.person, told.source);
}

std::vector<RelayedCase> RelayedAfter(storage::Session& session, absl::Time at, const Id& id,
                                      int limit) {
  storage::Query row = session.Sql(
      "SELECT kase.id, kase.application, task.application_number, kase.snapshot, kase.handling,"
      "  kase.reason, kase.authority_no, kase.changed_at"
      " FROM kase INDEXED BY kase_with_upstream JOIN task ON task.id = kase.task"
      " WHERE kase.state = 14 AND (kase.changed_at, kase.id) > (?, ?)"
      " ORDER BY kase.changed_at, kase.id LIMIT ?",
      at, storage::Blob{id.bytes()}, limit);
  std::vector<RelayedCase> cases;
  while (row.Next()) {
    cases.push_back({row.IdAt(0), row.IdAt(1), std::string(row.Text(2)), std::string(row.Blob(3)),
                     std::string(row.Text(4)), std::string(row.Text(5)), std::string(row.Text(6)),
                     row.TimeAt(7)});
  }
  return cases;
}

}  // namespace xiufu::routing
