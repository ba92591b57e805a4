#include "services/intake/drivers/timeline_table.h"

#include "services/intake/drivers/next_step_codec.h"

namespace xiufu::intake {
namespace {

TimelineEntry ReadEntry(const storage::Query& query) {
  TimelineEntry entry;
  entry.position = query.Int(0);
  entry.time = query.TimeAt(1);
  entry.code = std::string(query.Text(2));
  entry.text = std::string(query.Text(3));
  entry.text_en = std::string(query.Text(4));
  entry.case_id = query.IdAt(5);
  entry.record = query.IdAt(6);
  entry.case_state = static_cast<CaseState>(query.Int(7));
  entry.result = static_cast<CaseResult>(query.Int(8));
  entry.application_state = static_cast<ApplicationState>(query.Int(9));
  entry.next = DecodeNextStep(query.Blob(10));
  return entry;
}

int64_t LastPosition(storage::Session& session, const Id& application) {
  storage::Query query = session.Sql(
      "SELECT position FROM timeline WHERE application = ? ORDER BY position DESC LIMIT 1",
      application);
  return query.Next() ? query.Int(0) : 0;
}

}  // namespace

std::vector<TimelineEntry> SqlTimelineTable::After(storage::Session& session, const Id& application,
                                                   int64_t position, int limit) const {
  storage::Query query = session.Sql(
      "SELECT position, time, code, text, text_en, case_id, record, case_state, result,"
      " application_state, next_step FROM timeline WHERE application = ? AND position > ?"
      " ORDER BY position LIMIT ?",
      application, position, limit);
  std::vector<TimelineEntry> entries;
  while (query.Next()) entries.push_back(ReadEntry(query));
  return entries;
}

void SqlTimelineTable::Append(storage::Tx& tx, const Id& application,
                              std::vector<TimelineEntry> entries) const {
  int64_t position = LastPosition(tx, application);
  for (const TimelineEntry& entry : entries) {
    const std::string next = EncodeNextStep(entry.next);
    tx.Run(
        "INSERT INTO timeline (application, position, time, code, text, text_en, case_id, record,"
        " case_state, result, application_state, next_step)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        application, ++position, entry.time, entry.code, entry.text, entry.text_en, entry.case_id,
        entry.record, static_cast<int>(entry.case_state), static_cast<int>(entry.result),
        static_cast<int>(entry.application_state), storage::Blob{next});
  }
  if (listener_ != nullptr) listener_->OnAppending(application);
}

}  // namespace xiufu::intake
