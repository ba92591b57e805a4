#include "services/routing/drivers/deadline_table.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "libs/base/legal_day.h"

namespace xiufu::routing {
namespace {

// "2025-10-01 国庆节;2025-10-02 国庆节"
std::string NamedDaysText(const std::vector<calendar::NamedDay>& days) {
  return absl::StrJoin(days, ";", [](std::string* out, const calendar::NamedDay& named) {
    absl::StrAppend(out, FormatDay(named.day), " ", named.name);
  });
}

std::vector<calendar::NamedDay> NamedDaysFrom(absl::string_view text) {
  std::vector<calendar::NamedDay> days;
  for (absl::string_view part : absl::StrSplit(text, ';', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> day_and_name =
        absl::StrSplit(part, absl::MaxSplits(' ', 1));
    absl::StatusOr<absl::CivilDay> day = ParseDay(day_and_name.first);
    if (day.ok()) days.push_back({*day, std::string(day_and_name.second)});
  }
  return days;
}

// "2026-06-02..2026-06-09;..."
std::string PausesText(const std::vector<Pause>& pauses) {
  return absl::StrJoin(pauses, ";", [](std::string* out, const Pause& pause) {
    absl::StrAppend(out, FormatDay(pause.asked), "..", FormatDay(pause.supplemented));
  });
}

// Dates in the store were written by FormatDay.
absl::CivilDay DayOf(absl::string_view text) { return ParseDay(text).value_or(absl::CivilDay()); }

std::vector<Pause> PausesFrom(absl::string_view text) {
  std::vector<Pause> pauses;
  for (absl::string_view part : absl::StrSplit(text, ';', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> days = absl::StrSplit(part, "..");
    pauses.push_back({DayOf(days.first), DayOf(days.second)});
  }
  return pauses;
}

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
                  .makeup_days_counted = NamedDaysFrom(row.Text(9))},
          .source = std::string(row.Text(10)),
          .confidence = std::string(row.Text(11)),
          .calendar_version = std::string(row.Text(12))};
}

}  // namespace

std::vector<DeadlineReceipt> DeadlineTable::Of(storage::Tx& tx, const Id& case_id) const {
  storage::Query row = tx.Sql(
      "SELECT kind, start_event, start_date, days, working_days, pauses_on_supplement, due_date,"
      "  provisional, skipped, worked, source, confidence, calendar_version, pauses"
      " FROM deadline WHERE case_id = ? ORDER BY kind",
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
  tx.Run(
      "INSERT OR REPLACE INTO deadline (case_id, kind, start_event, start_date, days,"
      "  working_days, pauses_on_supplement, due_date, provisional, skipped, worked, source,"
      "  confidence, calendar_version, pauses)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      case_id, receipt.kind, receipt.start_event, start_date, receipt.days, receipt.working_days,
      receipt.pauses_on_supplement, due_date, receipt.due.provisional, skipped, worked,
      receipt.source, receipt.confidence, receipt.calendar_version, pauses);
}

}  // namespace xiufu::routing
