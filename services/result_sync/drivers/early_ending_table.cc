#include "services/result_sync/drivers/early_ending_table.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace xiufu::result {

std::optional<EarlyEnding> EarlyEndingTable::Find(storage::Tx& tx, const Id& case_id) const {
  storage::Query row = tx.Sql(
      "SELECT application, record, decision, version, ended_at, effects, cause, cause_now, cell,"
      "  bucket, traceparent"
      " FROM early_ending WHERE case_id = ?",
      case_id);
  if (!row.Next()) return std::nullopt;
  return EarlyEnding{{.case_id = case_id,
                      .application = row.IdAt(0),
                      .record = row.IdAt(1),
                      .decision = row.IdAt(2),
                      .version = static_cast<uint64_t>(row.Int(3)),
                      .ended_at = row.TimeAt(4),
                      .effects = absl::StrSplit(row.Text(5), '\n', absl::SkipEmpty())},
                     {row.IdAt(6),
                      row.TimeAt(7),
                      {static_cast<uint8_t>(row.Int(8)), static_cast<uint8_t>(row.Int(9))},
                      std::string(row.Text(10))}};
}

void EarlyEndingTable::Add(storage::Tx& tx, const EarlyEnding& early) const {
  const PublicityEnded& ended = early.ended;
  const std::string effects = absl::StrJoin(ended.effects, "\n");
  tx.Run(
      "INSERT OR IGNORE INTO early_ending (case_id, application, record, decision, version,"
      "  ended_at, effects, cause, cause_now, cell, bucket, traceparent)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      ended.case_id, ended.application, ended.record, ended.decision, ended.version, ended.ended_at,
      effects, early.cause.id, early.cause.now, early.cause.place.cell, early.cause.place.bucket,
      early.cause.traceparent);
}

void EarlyEndingTable::Remove(storage::Tx& tx, const Id& case_id) const {
  tx.Run("DELETE FROM early_ending WHERE case_id = ?", case_id);
}

}  // namespace xiufu::result
