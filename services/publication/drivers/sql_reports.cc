#include "services/publication/drivers/sql_reports.h"

#include "libs/base/legal_day.h"

namespace xiufu::publication {

std::optional<ReportedResult> SqlReports::Find(storage::Session& session, const Id& record,
                                               Reported::Kind kind) const {
  storage::Query query = session.Sql(
      "SELECT reported_on, authority_name, authority_uscc, reason, source, received_at,"
      " result_word FROM reported_result WHERE record = ? AND kind = ?",
      record, static_cast<int>(kind));
  if (!query.Next()) return std::nullopt;
  ReportedResult result = {.record = record};
  result.reported.kind = kind;
  if (absl::StatusOr<absl::CivilDay> day = ParseDay(query.Text(0)); day.ok()) {
    result.reported.day = *day;
  }
  result.reported.authority_name = std::string(query.Text(1));
  result.reported.authority_uscc = std::string(query.Text(2));
  result.reported.reason = std::string(query.Text(3));
  result.source = std::string(query.Text(4));
  result.received_at = query.TimeAt(5);
  result.result_word = std::string(query.Text(6));
  return result;
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
