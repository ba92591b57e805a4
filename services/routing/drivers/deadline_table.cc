#include "services/routing/drivers/deadline_table.h"

#include "libs/base/legal_day.h"
#include "services/routing/drivers/receipt_text.h"

namespace xiufu::routing {
namespace {

DeadlineReceipt ReceiptFrom(const storage::Query& row) {
  return {.kind = std::string(row.Text(0)),
          .start_event = std::string(row.Text(1)),
          .start_date = DayOf(row.Text(2)),
          .days = static_cast<int>(row.Int(3)),
          .working_days = row.Int(4) != 0,
          .pauses_on_supplement = row.Int(5) != 0,
          .pauses = PausesFrom(row.Text(13)),
          .due = {.day = DayOf(row.Text(6)),
                  .provisional = row.Int(7) != 0,
                  .holidays_skipped = NamedDaysFrom(row.Text(8)),
                  .makeup_days_counted = NamedDaysFrom(row.Text(9)),
                  .exceptions = ExceptionsFrom(row.Text(14))},
          .source = std::string(row.Text(10)),
          .confidence = std::string(row.Text(11)),
          .calendar_version = std::string(row.Text(12))};
}

}  // namespace

std::vector<DeadlineReceipt> DeadlineTable::Of(storage::Tx& tx, const Id& case_id) const {
  return Read(tx, case_id);
}

std::vector<DeadlineReceipt> DeadlineTable::Read(storage::Session& session,
                                                 const Id& case_id) const {
  storage::Query row = session.Sql(
      "SELECT kind, start_event, start_date, days, working_days, pauses_on_supplement, due_date,"
      "  provisional, skipped, worked, source, confidence, calendar_version, pauses,"
      "  exceptions FROM deadline WHERE case_id = ? ORDER BY kind",
      case_id);
  std::vector<DeadlineReceipt> receipts;
  while (row.Next()) receipts.push_back(ReceiptFrom(row));
  return receipts;
}

void DeadlineTable::Put(storage::Tx& tx, const Id& case_id, const DeadlineReceipt& receipt) const {
  const std::string start_date = FormatDay(receipt.start_date);
  const std::string due_date = FormatDay(receipt.due.day);
  const std::string skipped = NamedDaysText(receipt.due.holidays_skipped);
  const std::string worked = NamedDaysText(receipt.due.makeup_days_counted);
  const std::string pauses = PausesText(receipt.pauses);
  const std::string exceptions = ExceptionsText(receipt.due.exceptions);
  tx.Run(
      "INSERT OR REPLACE INTO deadline (case_id, kind, start_event, start_date, days,"
      "  working_days, pauses_on_supplement, due_date, provisional, skipped, worked, source,"
      "  confidence, calendar_version, pauses, exceptions)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      case_id, receipt.kind, receipt.start_event, start_date, receipt.days, receipt.working_days,
      receipt.pauses_on_supplement, due_date, receipt.due.provisional, skipped, worked,
      receipt.source, receipt.confidence, receipt.calendar_version, pauses, exceptions);
}

}  // namespace xiufu::routing
