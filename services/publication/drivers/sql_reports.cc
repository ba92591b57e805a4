#include "services/publication/drivers/sql_reports.h"

#include "libs/base/legal_day.h"

namespace xiufu::publication {

bool SqlReports::Knows(storage::Session& session, const Id& record, Reported::Kind kind) const {
  storage::Query query = session.Sql("SELECT 1 FROM reported_result WHERE record = ? AND kind = ?",
                                     record, static_cast<int>(kind));
  return query.Next();
}

void SqlReports::Insert(storage::Tx& tx, const ReportedResult& result) const {
  const Reported& reported = result.reported;
  const std::optional<std::string> day =
      reported.day ? std::optional(FormatDay(*reported.day)) : std::nullopt;
  tx.Run(
      "INSERT INTO reported_result (record, kind, reported_on, authority_name, authority_uscc,"
      " reason, source, received_at, result_word) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      result.record, static_cast<int>(reported.kind), day, reported.authority_name,
      reported.authority_uscc, reported.reason, result.source, result.received_at,
      result.result_word);
}

}  // namespace xiufu::publication
