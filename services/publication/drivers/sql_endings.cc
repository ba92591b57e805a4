#include "services/publication/drivers/sql_endings.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace xiufu::publication {

std::optional<EnteredDecision> SqlEndings::Find(storage::Session& session,
                                                const Id& decision) const {
  storage::Query query = session.Sql(
      "SELECT case_id, application, record, record_version, entered_at, effects, result_word"
      " FROM ending WHERE decision = ?",
      decision);
  if (!query.Next()) return std::nullopt;
  EnteredDecision known;
  known.decision = decision;
  known.case_id = query.IdAt(0);
  known.application = query.IdAt(1);
  known.record = query.IdAt(2);
  known.record_version = static_cast<uint64_t>(query.Int(3));
  known.approved = true;
  known.entered_at = query.TimeAt(4);
  known.effects = absl::StrSplit(query.Text(5), '\n');
  known.result_word = std::string(query.Text(6));
  return known;
}

void SqlEndings::Insert(storage::Tx& tx, const Ending& ending) const {
  const EnteredDecision& decision = ending.decision;
  const std::string effects = absl::StrJoin(decision.effects, "\n");
  tx.Run(
      "INSERT INTO ending (decision, case_id, application, record, record_version, entered_at,"
      " effects, result_word, outcome, version, reason)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      decision.decision, decision.case_id, decision.application, decision.record,
      decision.record_version, decision.entered_at, effects, decision.result_word,
      static_cast<int>(ending.outcome), ending.version, ending.reason);
}

}  // namespace xiufu::publication
