#include "services/publication/drivers/sql_notices.h"

#include "libs/base/legal_day.h"
#include "services/publication/drivers/sql_records.h"

namespace xiufu::publication {
namespace {

#define XIUFU_NOTICE_COLUMNS                                                          \
  " record, authority, made_on, given_on, way, record_version, given_by, receipt_no," \
  " receipted_at"

absl::CivilDay StoredDay(absl::string_view text) {
  return ParseDay(text).value_or(absl::CivilDay());
}

RepairNotice ReadNotice(const storage::Query& query) {
  RepairNotice notice{query.IdAt(0), std::string(query.Text(1)), StoredDay(query.Text(2)), {}};
  if (!query.IsNull(3)) {
    notice.receipt = NoticeReceipt{static_cast<NoticeReceipt::Way>(query.Int(4)),
                                   StoredDay(query.Text(3)),
                                   std::string(query.Text(6)),
                                   std::string(query.Text(7)),
                                   static_cast<uint64_t>(query.Int(5)),
                                   query.TimeAt(8)};
  }
  return notice;
}

// Each has an index of its own.
const char* QueryOf(Reminder::Kind kind) {
  return kind == Reminder::Kind::kRepairable
             ? "SELECT id, repairable_on FROM record WHERE state = 1 AND repairable_on IS NOT NULL"
               " AND repairable_on > ?1 AND repairable_on <= ?2 AND NOT EXISTS (SELECT 1 FROM"
               " reminder WHERE record = id AND kind = ?3 AND day = repairable_on)"
               " ORDER BY repairable_on, id LIMIT ?4"
             : "SELECT id, ends_on FROM record WHERE state IN (1, 6) AND ends_on IS NOT NULL"
               " AND state = 1 AND ends_on > ?1 AND ends_on <= ?2 AND NOT EXISTS (SELECT 1 FROM"
               " reminder WHERE record = id AND kind = ?3 AND day = ends_on)"
               " ORDER BY ends_on, id LIMIT ?4";
}

}  // namespace

void SqlNotices::Make(storage::Tx& tx, const RepairNotice& notice) const {
  tx.Run("INSERT INTO repair_notice (record, authority, made_on) VALUES (?, ?, ?)", notice.record,
         notice.authority, FormatDay(notice.made_on));
}

void SqlNotices::SetAuthority(storage::Tx& tx, const Id& record,
                              absl::string_view authority) const {
  tx.Run("UPDATE repair_notice SET authority = ?2 WHERE record = ?1 AND authority <> ?2", record,
         authority);
}

std::optional<RepairNotice> SqlNotices::Find(storage::Session& session, const Id& record) const {
  storage::Query query =
      session.Sql("SELECT" XIUFU_NOTICE_COLUMNS " FROM repair_notice WHERE record = ?", record);
  if (!query.Next()) return std::nullopt;
  return ReadNotice(query);
}

void SqlNotices::SaveReceipt(storage::Tx& tx, const Id& record,
                             const NoticeReceipt& receipt) const {
  tx.Run(
      "UPDATE repair_notice SET given_on = ?2, way = ?3, record_version = ?4, given_by = ?5,"
      " receipt_no = ?6, receipted_at = ?7 WHERE record = ?1",
      record, FormatDay(receipt.given_on), static_cast<int>(receipt.way), receipt.record_version,
      receipt.given_by, receipt.receipt_no, receipt.recorded_at);
}

std::vector<RepairNotice> SqlNotices::Of(storage::Session& session, absl::string_view authority,
                                         bool not_given, const Position& after, int limit) const {
  storage::Query query =
      session.Sql("SELECT" XIUFU_NOTICE_COLUMNS
                  " FROM repair_notice WHERE authority = ?1 AND (made_on, record) > (?2, ?3)"
                  " AND (?4 = 0 OR given_on IS NULL) ORDER BY made_on, record LIMIT ?5",
                  authority, after.made_on, storage::Blob{after.record.bytes()}, not_given, limit);
  std::vector<RepairNotice> notices;
  while (query.Next()) notices.push_back(ReadNotice(query));
  return notices;
}

std::vector<SqlNotices::Rate> SqlNotices::Rates(storage::Session& session, absl::CivilDay from,
                                                absl::CivilDay to) const {
  storage::Query query = session.Sql(
      "SELECT authority, count(*), count(given_on) FROM repair_notice"
      " WHERE made_on BETWEEN ? AND ? GROUP BY authority ORDER BY authority",
      FormatDay(from), FormatDay(to));
  std::vector<Rate> rates;
  while (query.Next()) {
    rates.push_back({std::string(query.Text(0)), query.Int(1), query.Int(2)});
  }
  return rates;
}

std::vector<Reminders::Due> SqlReminders::Between(storage::Session& session, Reminder::Kind kind,
                                                  absl::CivilDay after, absl::CivilDay until,
                                                  int limit) const {
  storage::Query query =
      session.Sql(QueryOf(kind), FormatDay(after), FormatDay(until), static_cast<int>(kind), limit);
  std::vector<Due> due;
  while (query.Next()) {
    std::optional<Record> record = SqlRecords().Find(session, query.IdAt(0));
    if (record) due.push_back({*std::move(record), {kind, StoredDay(query.Text(1))}});
  }
  return due;
}

void SqlReminders::Insert(storage::Tx& tx, const Due& due) const {
  tx.Run("INSERT INTO reminder (record, kind, day) VALUES (?, ?, ?)", due.record.id,
         static_cast<int>(due.reminder.kind), FormatDay(due.reminder.day));
}

std::optional<absl::CivilDay> SqlReminders::Through(storage::Session& session) const {
  storage::Query query = session.Sql("SELECT day FROM reminded_through WHERE id = 1");
  if (!query.Next()) return std::nullopt;
  return StoredDay(query.Text(0));
}

void SqlReminders::SetThrough(storage::Tx& tx, absl::CivilDay day) const {
  tx.Run(
      "INSERT INTO reminded_through (id, day) VALUES (1, ?1)"
      " ON CONFLICT (id) DO UPDATE SET day = ?1",
      FormatDay(day));
}

}  // namespace xiufu::publication
