#include "services/routing/drivers/supervision_order_table.h"

#include <algorithm>

#include "libs/base/legal_day.h"
#include "services/routing/drivers/receipt_text.h"

namespace xiufu::routing {
namespace {

constexpr char kOrderIssued[] = "ORDER_ISSUED";
constexpr char kOrderReply[] = "ORDER_REPLY";

// The columns of every query here, in this order.
SupervisionOrder OrderFrom(const storage::Query& row) {
  return {.number = std::string(row.Text(0)),
          .case_id = row.IdAt(1),
          .kind = std::string(row.Text(2)),
          .since = row.TimeAt(3),
          .authority_code = std::string(row.Text(4)),
          .authority_name = std::string(row.Text(5)),
          .person = std::string(row.Text(6)),
          .demand = std::string(row.Text(7)),
          .issued_at = row.TimeAt(8),
          .reply_due = {.kind = kOrderReply,
                        .start_event = kOrderIssued,
                        .start_date = DayOf(row.Text(9)),
                        .days = static_cast<int>(row.Int(10)),
                        .working_days = row.Int(11) != 0,
                        .due = {.day = DayOf(row.Text(12))},
                        .source = std::string(row.Text(13)),
                        .confidence = std::string(row.Text(14)),
                        .calendar_version = std::string(row.Text(15))},
          .reply = std::string(row.Text(16)),
          .replied_by = std::string(row.Text(17)),
          .replied_at = row.TimeAt(18)};
}

}  // namespace

int64_t SupervisionOrderTable::NextSequence(storage::Tx& tx, absl::string_view region,
                                            absl::CivilDay day) const {
  const std::string day_text = FormatDay(day);
  tx.Run(
      "INSERT INTO order_sequence (region, day, last) VALUES (?, ?, 1)"
      " ON CONFLICT (region, day) DO UPDATE SET last = last + 1",
      region, day_text);
  storage::Query last =
      tx.Sql("SELECT last FROM order_sequence WHERE region = ? AND day = ?", region, day_text);
  return last.Next() ? last.Int(0) : 0;
}

std::optional<absl::Time> SupervisionOrderTable::OverdueSince(storage::Tx& tx, const Id& case_id,
                                                              absl::string_view kind) const {
  storage::Query row =
      tx.Sql("SELECT max(since) FROM overdue WHERE case_id = ? AND kind = ? AND until IS NULL",
             case_id, kind);
  if (!row.Next() || row.IsNull(0)) return std::nullopt;
  return row.TimeAt(0);
}

std::optional<std::string> SupervisionOrderTable::FindOpen(storage::Tx& tx, const Id& case_id,
                                                           absl::string_view kind,
                                                           absl::Time since) const {
  storage::Query row = tx.Sql(
      "SELECT number FROM supervision_order INDEXED BY supervision_order_open"
      " WHERE case_id = ? AND kind = ? AND since = ? AND replied_at IS NULL",
      case_id, kind, since);
  if (!row.Next()) return std::nullopt;
  return std::string(row.Text(0));
}

std::optional<SupervisionOrder> SupervisionOrderTable::Find(storage::Tx& tx,
                                                            absl::string_view number) const {
  return Read(tx, number);
}

std::optional<SupervisionOrder> SupervisionOrderTable::Read(storage::Session& session,
                                                            absl::string_view number) const {
  storage::Query row = session.Sql(
      "SELECT number, case_id, kind, since, authority_code, authority_name, person, demand,"
      "  issued_at, start_date, days, working_days, reply_due, source, confidence,"
      "  calendar_version, reply, replied_by, replied_at"
      " FROM supervision_order WHERE number = ?",
      number);
  if (!row.Next()) return std::nullopt;
  return OrderFrom(row);
}

void SupervisionOrderTable::Insert(storage::Tx& tx, const SupervisionOrder& order) const {
  const DeadlineReceipt& due = order.reply_due;
  const std::string start_date = FormatDay(due.start_date);
  const std::string reply_due = FormatDay(due.due.day);
  tx.Run(
      "INSERT INTO supervision_order (number, case_id, kind, since, authority_code,"
      "  authority_name, person, demand, issued_at, start_date, days, working_days, reply_due,"
      "  source, confidence, calendar_version, reply, replied_by)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')",
      order.number, order.case_id, order.kind, order.since, order.authority_code,
      order.authority_name, order.person, order.demand, order.issued_at, start_date, due.days,
      due.working_days, reply_due, due.source, due.confidence, due.calendar_version);
}

void SupervisionOrderTable::Reply(storage::Tx& tx, absl::string_view number,
                                  absl::string_view person, absl::string_view text,
                                  absl::Time at) const {
  tx.Run("UPDATE supervision_order SET reply = ?, replied_by = ?, replied_at = ? WHERE number = ?",
         text, person, at, number);
}

std::vector<SupervisionOrder> SupervisionOrderTable::List(storage::Session& session,
                                                          absl::Time after_at,
                                                          absl::string_view after_number,
                                                          absl::string_view authority_code,
                                                          bool open_only, int limit) const {
  storage::Query row = session.Sql(
      "SELECT number, case_id, kind, since, authority_code, authority_name, person, demand,"
      "  issued_at, start_date, days, working_days, reply_due, source, confidence,"
      "  calendar_version, reply, replied_by, replied_at"
      " FROM supervision_order INDEXED BY supervision_order_at"
      " WHERE (issued_at, number) > (?, ?) AND (? = '' OR authority_code = ?)"
      "  AND (? = 0 OR replied_at IS NULL)"
      " ORDER BY issued_at, number LIMIT ?",
      std::max(after_at, absl::UnixEpoch()), after_number, authority_code, authority_code,
      open_only, limit);
  std::vector<SupervisionOrder> orders;
  while (row.Next()) orders.push_back(OrderFrom(row));
  return orders;
}

}  // namespace xiufu::routing
