#include "services/routing/drivers/needless_table.h"

namespace xiufu::routing {

int NeedlessTable::CountOf(storage::Tx& tx, const Id& case_id) const {
  storage::Query row = tx.Sql(
      "SELECT count(*) FROM (SELECT DISTINCT task, answer_id FROM needless_request"
      " WHERE case_id = ?)",
      case_id);
  return row.Next() ? static_cast<int>(row.Int(0)) : 0;
}

void NeedlessTable::Insert(storage::Tx& tx, const AnswerKey& key, const Case& kase, absl::Time at,
                           const PapersOnFile& on_file, bool whole) const {
  const auto insert = [&](const std::string& kind, const char* held_by) {
    tx.Run(
        "INSERT INTO needless_request (case_id, task, answer_id, kind, held_by, authority_code,"
        "  whole, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        key.case_id, key.task, key.answer_id, kind, held_by, kase.authority.code, whole, at);
  };
  for (const std::string& kind : on_file.given) insert(kind, "APPLICANT");
  for (const std::string& kind : on_file.fetched) insert(kind, "AUTHORITY");
}

std::vector<NeedlessCount> NeedlessTable::ByAuthority(storage::Session& session, absl::Time from,
                                                      absl::Time to) const {
  storage::Query row = session.Sql(
      "SELECT authority_code, count(*), sum(whole), sum(given), sum(fetched) FROM"
      "  (SELECT authority_code, max(whole) AS whole, sum(held_by = 'APPLICANT') AS given,"
      "     sum(held_by = 'AUTHORITY') AS fetched"
      "   FROM needless_request WHERE at >= ? AND at < ?"
      "   GROUP BY authority_code, case_id, task, answer_id)"
      " GROUP BY authority_code ORDER BY authority_code",
      from, to);
  std::vector<NeedlessCount> counts;
  while (row.Next()) {
    counts.push_back({std::string(row.Text(0)), static_cast<int>(row.Int(1)),
                      static_cast<int>(row.Int(2)), static_cast<int>(row.Int(3)),
                      static_cast<int>(row.Int(4))});
  }
  return counts;
}

}  // namespace xiufu::routing
