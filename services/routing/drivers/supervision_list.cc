#include "services/routing/drivers/supervision_list.h"

#include <algorithm>

namespace xiufu::routing {
namespace {

// Nothing is before it; the store keeps no times of before 1970.
absl::Time StoredTime(const SupervisionPosition& after) {
  return std::max(after.at, absl::UnixEpoch());
}

}  // namespace

std::vector<ClockRow> SupervisionList::Clocks(storage::Session& session, const Which& which,
                                              const Id& after, size_t enough,
                                              const catalogue::Law& law, absl::Time now) const {
  std::vector<ClockRow> rows;
  if (which.case_id) {
    AddClocks(session, *which.case_id, which.at_least, law, now, rows);
    return rows;
  }
  storage::Query open = session.Sql(
      "SELECT id FROM kase INDEXED BY kase_running"
      " WHERE (state NOT IN (6, 9, 10, 11) OR (state = 6 AND result = 1 AND loop_closed_at IS "
      "NULL))"
      "  AND id > ? AND (? = '' OR authority_code = ?) ORDER BY id",
      storage::Blob{after.bytes()}, which.authority_code, which.authority_code);
  while (rows.size() < enough && open.Next()) {
    AddClocks(session, open.IdAt(0), which.at_least, law, now, rows);
  }
  return rows;
}

void SupervisionList::AddClocks(storage::Session& session, const Id& case_id, Light at_least,
                                const catalogue::Law& law, absl::Time now,
                                std::vector<ClockRow>& rows) const {
  const std::optional<Case> kase = cases_.Read(session, case_id);
  if (!kase) return;
  storage::Query task = session.Sql(
      "SELECT application_number, authority_task_no, delivered_at FROM task WHERE id = ?",
      kase->task);
  task.Next();
  const calendar::Calendar calendar = law.calendar.For(kase->authority.code, kase->authority.kind);
  for (DeadlineReceipt& receipt : deadlines_.Read(session, case_id)) {
    if (!Runs(*kase, receipt.kind)) continue;
    const catalogue::Reminder* reminder =
        law.catalogue.supervision().FindReminder(receipt.kind, receipt.due.day);
    const Light light = LightOf(receipt, reminder, calendar, now);
    if (light < at_least) continue;
    rows.push_back({*kase, std::string(task.Text(0)), std::string(task.Text(1)), task.TimeAt(2),
                    std::move(receipt), light});
  }
}

std::vector<OverdueRow> SupervisionList::Overdue(storage::Session& session,
                                                 absl::string_view authority_code, bool open_only,
                                                 const SupervisionPosition& after,
                                                 int limit) const {
  storage::Query row = session.Sql(
      "SELECT overdue.case_id, task.application_number, overdue.authority_code, overdue.kind,"
      "  overdue.since, overdue.until"
      " FROM overdue INDEXED BY overdue_since JOIN kase ON kase.id = overdue.case_id"
      "  JOIN task ON task.id = kase.task"
      " WHERE (overdue.since, overdue.case_id, overdue.kind) > (?, ?, ?)"
      "  AND (? = '' OR overdue.authority_code = ?) AND (? = 0 OR overdue.until IS NULL)"
      " ORDER BY overdue.since, overdue.case_id, overdue.kind LIMIT ?",
      StoredTime(after), storage::Blob{after.case_id.bytes()}, after.kind, authority_code,
      authority_code, open_only, limit);
  std::vector<OverdueRow> rows;
  while (row.Next()) {
    rows.push_back({row.IdAt(0), std::string(row.Text(1)), std::string(row.Text(2)),
                    std::string(row.Text(3)), row.TimeAt(4), row.TimeAt(5)});
  }
  return rows;
}

std::vector<ReminderRow> SupervisionList::Reminders(storage::Session& session,
                                                    absl::string_view authority_code,
                                                    const SupervisionPosition& after,
                                                    int limit) const {
  storage::Query row = session.Sql(
      "SELECT reminder.case_id, task.application_number, reminder.authority_code, reminder.kind,"
      "  reminder.due_date, reminder.light, reminder.at"
      " FROM reminder INDEXED BY reminder_at JOIN kase ON kase.id = reminder.case_id"
      "  JOIN task ON task.id = kase.task"
      " WHERE (reminder.at, reminder.case_id, reminder.kind, reminder.light) > (?, ?, ?, ?)"
      "  AND (? = '' OR reminder.authority_code = ?)"
      " ORDER BY reminder.at, reminder.case_id, reminder.kind, reminder.light LIMIT ?",
      StoredTime(after), storage::Blob{after.case_id.bytes()}, after.kind, after.last,
      authority_code, authority_code, limit);
  std::vector<ReminderRow> rows;
  while (row.Next()) {
    rows.push_back({row.IdAt(0), std::string(row.Text(1)), std::string(row.Text(2)),
                    std::string(row.Text(3)), std::string(row.Text(4)),
                    static_cast<Light>(row.Int(5)), row.TimeAt(6)});
  }
  return rows;
}

std::vector<EscalationRow> SupervisionList::Escalations(storage::Session& session,
                                                        absl::string_view authority_code,
                                                        bool open_proposals,
                                                        const SupervisionPosition& after,
                                                        int limit) const {
  storage::Query row = session.Sql(
      "SELECT escalation.case_id, task.application_number, escalation.authority_code,"
      "  escalation.kind, escalation.since, escalation.step, escalation.sent_to,"
      "  escalation.proposes_order, escalation.at, escalation.rule_row"
      " FROM escalation INDEXED BY escalation_at JOIN kase ON kase.id = escalation.case_id"
      "  JOIN task ON task.id = kase.task"
      " WHERE (escalation.at, escalation.case_id, escalation.kind, escalation.step) > (?, ?, ?, ?)"
      "  AND (? = '' OR escalation.authority_code = ?)"
      "  AND (? = 0 OR (escalation.proposes_order = 1"
      "    AND EXISTS (SELECT 1 FROM overdue WHERE overdue.case_id = escalation.case_id"
      "                 AND overdue.kind = escalation.kind AND overdue.since = escalation.since"
      "                 AND overdue.until IS NULL)"
      "    AND NOT EXISTS (SELECT 1 FROM supervision_order INDEXED BY supervision_order_overdue"
      "                     WHERE supervision_order.case_id = escalation.case_id"
      "                      AND supervision_order.kind = escalation.kind"
      "                      AND supervision_order.since = escalation.since)))"
      " ORDER BY escalation.at, escalation.case_id, escalation.kind, escalation.step LIMIT ?",
      StoredTime(after), storage::Blob{after.case_id.bytes()}, after.kind, after.last,
      authority_code, authority_code, open_proposals, limit);
  std::vector<EscalationRow> rows;
  while (row.Next()) {
    rows.push_back({row.IdAt(0),
                    std::string(row.Text(1)),
                    std::string(row.Text(2)),
                    {.kind = std::string(row.Text(3)),
                     .since = row.TimeAt(4),
                     .step = static_cast<int>(row.Int(5)),
                     .to = std::string(row.Text(6)),
                     .proposes_order = row.Int(7) != 0,
                     .at = row.TimeAt(8),
                     .rule_row = std::string(row.Text(9))}});
  }
  return rows;
}

int64_t SupervisionList::OverdueNow(storage::Session& session,
                                    absl::string_view authority_code) const {
  storage::Query row = session.Sql(
      "SELECT count(*) FROM overdue INDEXED BY overdue_authority"
      " WHERE authority_code = ? AND until IS NULL AND kind <> 'DELIVER'",
      authority_code);
  return row.Next() ? row.Int(0) : 0;
}

AuthorityCounts SupervisionList::CountsOf(storage::Session& session, absl::string_view code) const {
  AuthorityCounts counts;
  storage::Query open = session.Sql(
      "SELECT count(*) FROM kase INDEXED BY kase_running"
      " WHERE (state NOT IN (6, 9, 10, 11) OR (state = 6 AND result = 1 AND loop_closed_at IS "
      "NULL))"
      "  AND state NOT IN (6, 9, 10, 11) AND authority_code = ?",
      code);
  if (open.Next()) counts.open_cases = open.Int(0);
  storage::Query times = session.Sql(
      "SELECT count(*), sum(gross), sum(net), sum(with_authority), max(net)"
      " FROM case_time INDEXED BY case_time_authority WHERE authority_code = ?",
      code);
  if (times.Next()) {
    counts.ended_cases = times.Int(0);
    counts.gross_ms = times.Int(1);
    counts.net_ms = times.Int(2);
    counts.with_authority_ms = times.Int(3);
    counts.longest_net_ms = times.Int(4);
  }
  counts.overdue_now = OverdueNow(session, code);
  storage::Query overdue = session.Sql(
      "SELECT sum(kind <> 'DELIVER'), sum(kind = 'DELIVER')"
      " FROM overdue INDEXED BY overdue_authority WHERE authority_code = ?",
      code);
  if (overdue.Next()) {
    counts.overdue_ever = overdue.Int(0);
    counts.undelivered_ever = overdue.Int(1);
  }
  storage::Query rounds =
      session.Sql("SELECT count(*) FROM case_pause WHERE authority_code = ?", code);
  if (rounds.Next()) counts.supplement_rounds = rounds.Int(0);
  storage::Query uncounted = session.Sql(
      "SELECT count(*) FROM answer INDEXED BY answer_uncounted JOIN task ON task.id = answer.task"
      " WHERE answer.counts = 0 AND answer.kind = 'SUPPLEMENT_REQUESTED'"
      "  AND task.authority_code = ?",
      code);
  if (uncounted.Next()) counts.supplement_requests = counts.supplement_rounds + uncounted.Int(0);
  storage::Query needless =
      session.Sql("SELECT count(*) FROM needless_request WHERE authority_code = ?", code);
  if (needless.Next()) counts.needless_requests = needless.Int(0);
  storage::Query told = session.Sql(
      "SELECT (SELECT count(*) FROM reminder WHERE authority_code = ? AND light = 2),"
      "  (SELECT count(*) FROM escalation WHERE authority_code = ?),"
      "  (SELECT count(*) FROM supervision_order WHERE authority_code = ?),"
      "  (SELECT count(*) FROM supervision_order WHERE authority_code = ? AND replied_at IS NULL)",
      code, code, code, code);
  if (told.Next()) {
    counts.reminders = told.Int(0);
    counts.escalations = told.Int(1);
    counts.orders = told.Int(2);
    counts.orders_unanswered = told.Int(3);
  }
  return counts;
}

}  // namespace xiufu::routing
