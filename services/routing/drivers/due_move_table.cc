#include "services/routing/drivers/due_move_table.h"

#include "libs/base/legal_day.h"
#include "services/routing/drivers/receipt_text.h"

namespace xiufu::routing {

void DueMoveTable::Add(storage::Tx& tx, const Id& case_id, const DeadlineReceipt& before,
                       const DeadlineReceipt& after, absl::Time at) const {
  const std::string from_date = FormatDay(before.due.day);
  const std::string to_date = FormatDay(after.due.day);
  const std::string start_date = FormatDay(before.start_date);
  const std::string pauses = PausesText(before.pauses);
  const std::string skipped = NamedDaysText(before.due.holidays_skipped);
  const std::string worked = NamedDaysText(before.due.makeup_days_counted);
  const std::string exceptions = ExceptionsText(before.due.exceptions);
  tx.Run(
      "INSERT INTO due_move (case_id, kind, from_date, to_date, from_calendar, to_calendar, at,"
      "  start_event, start_date, days, working_days, pauses_on_supplement, pauses, provisional,"
      "  skipped, worked, exceptions, source, confidence)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      case_id, before.kind, from_date, to_date, before.calendar_version, after.calendar_version, at,
      before.start_event, start_date, before.days, before.working_days, before.pauses_on_supplement,
      pauses, before.due.provisional, skipped, worked, exceptions, before.source,
      before.confidence);
}

std::string DueMoveTable::AppliedCalendar(storage::Tx& tx) const {
  storage::Query row = tx.Sql("SELECT version FROM calendar_applied");
  return row.Next() ? std::string(row.Text(0)) : "";
}

void DueMoveTable::NoteApplied(storage::Tx& tx, absl::string_view calendar, absl::Time at) const {
  tx.Run("INSERT OR REPLACE INTO calendar_applied (one, version, at) VALUES (1, ?, ?)", calendar,
         at);
}

std::vector<DueMoveRow> DueMoveTable::List(storage::Session& session, int64_t after,
                                           int limit) const {
  storage::Query row = session.Sql(
      "SELECT due_move.id, kase.id, kase.application, coalesce(task.application_number, o.number),"
      "  coalesce(kase.authority_code, o.authority_code),"
      "  coalesce(kase.authority_name, o.authority_name),"
      "  coalesce(kase.authority_uscc, o.authority_uscc), due_move.kind, due_move.from_date,"
      "  due_move.to_date, due_move.from_calendar, due_move.to_calendar, due_move.provisional,"
      "  due_move.at, o.id"
      " FROM due_move LEFT JOIN kase ON kase.id = due_move.case_id"
      "  LEFT JOIN task ON task.id = kase.task LEFT JOIN objection o ON o.id = due_move.case_id"
      " WHERE due_move.id > ? ORDER BY due_move.id LIMIT ?",
      after, limit);
  std::vector<DueMoveRow> moves;
  while (row.Next()) {
    moves.push_back({.id = row.Int(0),
                     .case_id = row.IdAt(1),
                     .application = row.IdAt(2),
                     .application_number = std::string(row.Text(3)),
                     .authority = {std::string(row.Text(4)), std::string(row.Text(5)),
                                   std::string(row.Text(6)), ""},
                     .kind = std::string(row.Text(7)),
                     .from_date = std::string(row.Text(8)),
                     .to_date = std::string(row.Text(9)),
                     .from_calendar = std::string(row.Text(10)),
                     .to_calendar = std::string(row.Text(11)),
                     .was_provisional = row.Int(12) != 0,
                     .at = row.TimeAt(13),
                     .objection = row.IdAt(14)});
  }
  return moves;
}

}  // namespace xiufu::routing
