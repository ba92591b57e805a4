#include "services/publication/drivers/sql_reports.h"

#include "libs/base/legal_day.h"
#include "services/publication/drivers/receipt_json.h"

namespace xiufu::publication {
namespace {

// As both queries below select it.
SqlReports::KeptWithdrawal WithdrawalAt(const storage::Query& query) {
  return {query.Int(0), query.IdAt(1), ParseDay(query.Text(2)).value_or(absl::CivilDay()),
          query.TimeAt(3), std::string(query.Text(4))};
}

}  // namespace

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

void SqlReports::InsertWithdrawal(storage::Tx& tx, const Withdrawal& withdrawal) const {
  const std::string due = FormatDay(withdrawal.receipt.due.day);
  const std::string receipt = ReceiptJson(withdrawal);
  tx.Run("INSERT INTO withdrawal (record, due_date, withdrawn_at, receipt) VALUES (?, ?, ?, ?)",
         withdrawal.record, due, withdrawal.withdrawn_at, receipt);
}

std::optional<SqlReports::KeptWithdrawal> SqlReports::FindWithdrawal(storage::Session& session,
                                                                     const Id& record) const {
  storage::Query query = session.Sql(
      "SELECT id, record, due_date, withdrawn_at, receipt FROM withdrawal WHERE record = ?",
      record);
  if (!query.Next()) return std::nullopt;
  return WithdrawalAt(query);
}

std::vector<SqlReports::KeptWithdrawal> SqlReports::Withdrawals(storage::Session& session,
                                                                int64_t after, int limit) const {
  std::vector<KeptWithdrawal> withdrawals;
  storage::Query query = session.Sql(
      "SELECT id, record, due_date, withdrawn_at, receipt FROM withdrawal WHERE id > ?"
      " ORDER BY id LIMIT ?",
      after, limit);
  while (query.Next()) withdrawals.push_back(WithdrawalAt(query));
  return withdrawals;
}

}  // namespace xiufu::publication
