#include "libs/storage/timers.h"

#include "libs/storage/engine.h"

namespace xiufu::storage {

// A subject that is none is bound as its sixteen zero bytes: NULLs would not be equal in the key.

void Timers::Set(Tx& tx, const Timer& timer) {
  tx.Run(
      "INSERT INTO timer (kind, subject, due, payload, attempts) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT (kind, subject) DO UPDATE SET due = excluded.due, payload = excluded.payload, "
      "attempts = excluded.attempts",
      timer.kind, Blob{timer.subject.bytes()}, timer.due, Blob{timer.payload}, timer.attempts);
  tx.engine_->timers_changed = true;
}

void Timers::Cancel(Tx& tx, absl::string_view kind, const Id& subject) {
  tx.Run("DELETE FROM timer WHERE kind = ? AND subject = ?", kind, Blob{subject.bytes()});
}

std::vector<Timer> Timers::Due(Session& session, absl::Time now, size_t limit) const {
  std::vector<Timer> due;
  Query rows = session.Sql(
      "SELECT kind, subject, due, payload, attempts FROM timer WHERE due <= ? "
      "ORDER BY due, kind, subject LIMIT ?",
      now, limit);
  while (rows.Next()) {
    due.push_back({std::string(rows.Text(0)), rows.IdAt(1), rows.TimeAt(2),
                   std::string(rows.Blob(3)), static_cast<int>(rows.Int(4))});
  }
  return due;
}

absl::Time Timers::NextDueTime(Session& session) const {
  Query next = session.Sql("SELECT MIN(due) FROM timer");
  return next.Next() && !next.IsNull(0) ? next.TimeAt(0) : absl::InfiniteFuture();
}

}  // namespace xiufu::storage
