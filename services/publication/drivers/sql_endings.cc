#include "services/publication/drivers/sql_endings.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace xiufu::publication {

namespace {

#define XIUFU_ENDING_COLUMNS                                                               \
  " ending.decision, ending.case_id, ending.application, ending.record, record_version,"   \
  " ending.entered_at, effects, result_word, outcome, version, reason, former, former_by," \
  " revocation.id, let_stand_by, let_stand_because, let_stand_at FROM ending LEFT JOIN "   \
  "revocation ON revocation.decision = ending.decision"

// As both queries below select it.
Ending EndingAt(const storage::Query& query) {
  Ending ending;
  EnteredDecision& decision = ending.decision;
  decision.decision = query.IdAt(0);
  decision.case_id = query.IdAt(1);
  decision.application = query.IdAt(2);
  decision.record = query.IdAt(3);
  decision.record_version = static_cast<uint64_t>(query.Int(4));
  decision.approved = true;
  decision.entered_at = query.TimeAt(5);
  decision.effects = absl::StrSplit(query.Text(6), '\n');
  decision.result_word = std::string(query.Text(7));
  ending.effects = OwnEffects(decision);
  ending.outcome = static_cast<Ending::Outcome>(query.Int(8));
  ending.version = static_cast<uint64_t>(query.Int(9));
  ending.reason = std::string(query.Text(10));
  ending.former = static_cast<RecordState>(query.Int(11));
  ending.former_by = query.IdAt(12);
  ending.revoked_by = query.IdAt(13);
  if (const absl::string_view person = query.Text(14); !person.empty()) {
    ending.let_stand = {std::string(person), std::string(query.Text(15)), query.TimeAt(16)};
  }
  return ending;
}

}  // namespace

std::optional<EnteredDecision> SqlEndings::Find(storage::Session& session,
                                                const Id& decision) const {
  const std::optional<Ending> ending = FindWhole(session, decision);
  return ending ? std::optional(ending->decision) : std::nullopt;
}

std::optional<Ending> SqlEndings::FindWhole(storage::Session& session, const Id& decision) const {
  storage::Query query =
      session.Sql("SELECT" XIUFU_ENDING_COLUMNS " WHERE ending.decision = ?", decision);
  if (!query.Next()) return std::nullopt;
  return EndingAt(query);
}

std::vector<Ending> SqlEndings::Refused(storage::Session& session, const Id& after,
                                        int limit) const {
  std::vector<Ending> refused;
  storage::Query query = session.Sql(
      "SELECT" XIUFU_ENDING_COLUMNS
      " WHERE outcome = 2 AND revocation.id IS NULL AND ending.decision > coalesce(?, x'')"
      " ORDER BY ending.decision LIMIT ?",
      after, limit);
  while (query.Next()) refused.push_back(EndingAt(query));
  return refused;
}

std::vector<Ending> SqlEndings::LetStandOnes(storage::Session& session, const Id& after,
                                             int limit) const {
  std::vector<Ending> let_stand;
  storage::Query query =
      session.Sql("SELECT" XIUFU_ENDING_COLUMNS
                  " WHERE let_stand_by <> '' AND ending.decision > coalesce(?, x'')"
                  " ORDER BY ending.decision LIMIT ?",
                  after, limit);
  while (query.Next()) let_stand.push_back(EndingAt(query));
  return let_stand;
}

void SqlEndings::Settle(storage::Tx& tx, const Ending& ending) const {
  const LetStand by = ending.let_stand.value_or(LetStand{"", "", absl::InfinitePast()});
  tx.Run(
      "UPDATE ending SET outcome = ?, version = ?, reason = ?, former = ?, former_by = ?,"
      " let_stand_by = ?, let_stand_because = ?, let_stand_at = ? WHERE decision = ?",
      static_cast<int>(ending.outcome), ending.version, ending.reason,
      static_cast<int>(ending.former), ending.former_by, by.person, by.why, by.at,
      ending.decision.decision);
}

void SqlEndings::Insert(storage::Tx& tx, const Ending& ending) const {
  const EnteredDecision& decision = ending.decision;
  const std::string effects = absl::StrJoin(decision.effects, "\n");
  tx.Run(
      "INSERT INTO ending (decision, case_id, application, record, record_version, entered_at,"
      " effects, result_word, outcome, version, reason, former, former_by)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      decision.decision, decision.case_id, decision.application, decision.record,
      decision.record_version, decision.entered_at, effects, decision.result_word,
      static_cast<int>(ending.outcome), ending.version, ending.reason,
      static_cast<int>(ending.former), ending.former_by);
}

#undef XIUFU_ENDING_COLUMNS

}  // namespace xiufu::publication
