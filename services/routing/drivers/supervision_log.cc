#include "services/routing/drivers/supervision_log.h"

#include "libs/base/legal_day.h"

namespace xiufu::routing {

bool SupervisionLogTable::NoteLight(storage::Tx& tx, const Case& kase,
                                    const DeadlineReceipt& receipt, Light light,
                                    absl::Time at) const {
  return tx.Run(
             "INSERT OR IGNORE INTO reminder (case_id, kind, due_date, light, authority_code, at)"
             " VALUES (?, ?, ?, ?, ?, ?)",
             kase.id, receipt.kind, FormatDay(receipt.due.day), static_cast<int>(light),
             kase.authority.code, at) > 0;
}

void SupervisionLogTable::NoteEscalation(storage::Tx& tx, const Case& kase,
                                         const EscalationNote& note) const {
  tx.Run(
      "INSERT OR IGNORE INTO escalation (case_id, kind, since, step, authority_code, sent_to,"
      "  proposes_order, at, rule_row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      kase.id, note.kind, note.since, note.step, kase.authority.code, note.to, note.proposes_order,
      note.at, note.rule_row);
}

void CaseClockTable::BeginPause(storage::Tx& tx, const Case& asked) const {
  tx.Run(
      "INSERT OR IGNORE INTO case_pause (case_id, round, authority_code, asked_at)"
      " VALUES (?, ?, ?, ?)",
      asked.id, asked.rounds,
      asked.resume == CaseState::kPreCheck ? std::string() : asked.authority.code,
      asked.changed_at);
}

void CaseClockTable::EndPause(storage::Tx& tx, const Id& case_id, absl::Time at) const {
  tx.Run("UPDATE case_pause SET until = ? WHERE case_id = ? AND until IS NULL", at, case_id);
}

std::vector<CasePause> CaseClockTable::Pauses(storage::Tx& tx, const Id& case_id) const {
  storage::Query row = tx.Sql(
      "SELECT asked_at, until FROM case_pause WHERE case_id = ? AND until IS NOT NULL"
      " ORDER BY round",
      case_id);
  std::vector<CasePause> pauses;
  while (row.Next()) pauses.push_back({row.TimeAt(0), row.TimeAt(1)});
  return pauses;
}

absl::Time CaseClockTable::PassedOn(storage::Tx& tx, const Id& case_id) const {
  storage::Query row = tx.Sql(
      "SELECT max(at) FROM review WHERE case_id = ? AND kind IN ('PASSED', 'TIME_UP')", case_id);
  return row.Next() ? row.TimeAt(0) : absl::InfinitePast();
}

void CaseClockTable::PutTimes(storage::Tx& tx, const Case& ended, const CaseTimes& times) const {
  tx.Run(
      "INSERT OR REPLACE INTO case_time (case_id, authority_code, ended_at, gross, net,"
      "  with_authority) VALUES (?, ?, ?, ?, ?, ?)",
      ended.id, times.of_authority ? ended.authority.code : std::string(), ended.changed_at,
      absl::ToInt64Milliseconds(times.gross), absl::ToInt64Milliseconds(times.net),
      absl::ToInt64Milliseconds(times.with_authority));
}

}  // namespace xiufu::routing
