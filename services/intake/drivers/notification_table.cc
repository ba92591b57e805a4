#include "services/intake/drivers/notification_table.h"

#include <limits>

#include "libs/storage/jobs.h"

namespace xiufu::intake {
namespace {

// Read by ReadNotification in this order.
#define XIUFU_NOTIFICATION_COLUMNS                                                      \
  "id, application, case_id, number, code, channel, text, text_en, case_state, result," \
  " application_state, told, due, reminds_of, state, settled"

Notification ReadNotification(const storage::Query& query) {
  Notification notification;
  notification.id = query.IdAt(0);
  notification.application = query.IdAt(1);
  notification.case_id = query.IdAt(2);
  notification.number = std::string(query.Text(3));
  notification.code = std::string(query.Text(4));
  notification.channel = std::string(query.Text(5));
  notification.text = std::string(query.Text(6));
  notification.text_en = std::string(query.Text(7));
  notification.case_state = static_cast<CaseState>(query.Int(8));
  notification.result = static_cast<CaseResult>(query.Int(9));
  notification.application_state = static_cast<ApplicationState>(query.Int(10));
  notification.told = query.TimeAt(11);
  notification.due = query.TimeAt(12);
  notification.reminds_of = std::string(query.Text(13));
  notification.state = static_cast<NotificationState>(query.Int(14));
  notification.settled = query.TimeAt(15);
  return notification;
}

std::vector<NotificationAttempts> AttemptsOf(storage::Session& session, const Id& id) {
  storage::Query query = session.Sql(
      "SELECT outcome, times, first_at, last_at FROM notification_attempt WHERE notification = ?"
      " ORDER BY run",
      id);
  std::vector<NotificationAttempts> attempts;
  while (query.Next()) {
    attempts.push_back({std::string(query.Text(0)), static_cast<int>(query.Int(1)), query.TimeAt(2),
                        query.TimeAt(3)});
  }
  return attempts;
}

}  // namespace

void SqlNotificationTable::Add(storage::Tx& tx, const Notification& notification) const {
  tx.Run("INSERT INTO notification (" XIUFU_NOTIFICATION_COLUMNS
         ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING",
         notification.id, notification.application, notification.case_id, notification.number,
         notification.code, notification.channel, notification.text, notification.text_en,
         static_cast<int>(notification.case_state), static_cast<int>(notification.result),
         static_cast<int>(notification.application_state), notification.told, notification.due,
         notification.reminds_of, static_cast<int>(notification.state), notification.settled);
}

std::optional<Notification> SqlNotificationTable::Find(storage::Session& session,
                                                       const Id& id) const {
  storage::Query query =
      session.Sql("SELECT " XIUFU_NOTIFICATION_COLUMNS " FROM notification WHERE id = ?", id);
  if (!query.Next()) return std::nullopt;
  return ReadNotification(query);
}

void SqlNotificationTable::Settle(storage::Tx& tx, const Id& id, NotificationState state,
                                  absl::Time now) const {
  tx.Run("UPDATE notification SET state = ?, settled = ? WHERE id = ?", static_cast<int>(state),
         now, id);
}

// Attempts in a row that came to the same are one row: a gateway that is away for days is asked
// every few minutes.
void SqlNotificationTable::KeepAttempt(storage::Tx& tx, const Id& id, absl::string_view outcome,
                                       absl::Time now) const {
  const int64_t again = tx.Run(
      "UPDATE notification_attempt SET times = times + 1, last_at = ?"
      " WHERE notification = ? AND outcome = ? AND run ="
      "  (SELECT MAX(run) FROM notification_attempt WHERE notification = ?)",
      now, id, outcome, id);
  if (again > 0) return;
  tx.Run(
      "INSERT INTO notification_attempt (notification, run, outcome, times, first_at, last_at)"
      " VALUES (?, (SELECT COALESCE(MAX(run), 0) + 1 FROM notification_attempt"
      "  WHERE notification = ?), ?, 1, ?, ?)",
      id, id, outcome, now, now);
}

std::vector<ListedNotification> SqlNotificationTable::List(storage::Session& session,
                                                           const NotificationFilter& filter) const {
  const int64_t before = filter.before > 0 ? filter.before : std::numeric_limits<int64_t>::max();
  std::vector<ListedNotification> listed;
  {
    storage::Query query =
        session.Sql("SELECT " XIUFU_NOTIFICATION_COLUMNS
                    ", position FROM notification WHERE position < ?1 AND (?2 = '' OR number = ?2)"
                    " AND (?3 = 0 OR state <> 2) ORDER BY position DESC LIMIT ?4",
                    before, filter.number, filter.unsent ? 1 : 0, filter.limit);
    while (query.Next()) listed.push_back({query.Int(16), ReadNotification(query), {}});
  }
  for (ListedNotification& one : listed) {
    one.attempts = AttemptsOf(session, one.notification.id);
    const std::optional<storage::Job> job = storage::Jobs().Find(session, one.notification.id);
    one.parked = job.has_value() && job->state == storage::JobState::kParked;
    one.given_up = job.has_value() && job->state == storage::JobState::kDiscarded;
  }
  return listed;
}

#undef XIUFU_NOTIFICATION_COLUMNS

}  // namespace xiufu::intake
