#include "libs/storage/jobs.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "libs/storage/engine.h"

namespace xiufu::storage {
namespace {

#define XIUFU_JOB_COLUMNS                                                                        \
  "SELECT id, kind, destination, payload, application, attempts, created, due, last_error FROM " \
  "job "

Job ReadJob(const Query& query) {
  Job job;
  job.id = query.IdAt(0);
  job.kind = std::string(query.Text(1));
  job.destination = std::string(query.Text(2));
  job.payload = std::string(query.Blob(3));
  job.application = query.IdAt(4);
  job.attempts = static_cast<int>(query.Int(5));
  job.created = query.TimeAt(6);
  job.due = query.TimeAt(7);
  job.last_error = std::string(query.Text(8));
  return job;
}

// Steps from one destination to the next on the index, whatever number of jobs each has.
std::vector<std::string> Destinations(Session& session) {
  std::vector<std::string> destinations;
  Query rows = session.Sql(
      "WITH RECURSIVE each(destination) AS (SELECT MIN(destination) FROM job UNION ALL "
      "SELECT (SELECT MIN(destination) FROM job WHERE destination > each.destination) FROM each "
      "WHERE each.destination IS NOT NULL) "
      "SELECT destination FROM each WHERE destination IS NOT NULL");
  while (rows.Next()) destinations.emplace_back(rows.Text(0));
  return destinations;
}

template <typename T>
bool Contains(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool SameContent(const Job& a, const Job& b) {
  return std::tie(a.kind, a.destination, a.payload, a.application) ==
         std::tie(b.kind, b.destination, b.payload, b.application);
}

}  // namespace

void Jobs::Add(Tx& tx, const Job& job) {
  std::optional<Job> known = Find(tx, job.id);
  if (known.has_value() && SameContent(*known, job)) return;
  // With other content the key is violated, which is the answer.
  tx.Run(
      "INSERT INTO job (id, kind, destination, payload, application, attempts, created, due, "
      "last_error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      job.id, job.kind, job.destination, Blob{job.payload}, job.application, job.attempts,
      job.created, job.due, job.last_error);
  tx.engine_->jobs_changed = true;
}

std::vector<Job> Jobs::Due(Session& session, absl::Time now, size_t limit,
                           const std::vector<std::string>& without,
                           const std::vector<Id>& leased) const {
  std::vector<Job> due;
  for (const std::string& destination : Destinations(session)) {
    if (Contains(without, destination)) continue;
    Query rows = session.Sql(
        XIUFU_JOB_COLUMNS "WHERE destination = ? AND due <= ? ORDER BY due, id", destination, now);
    for (size_t taken = 0; taken < limit && rows.Next();) {
      if (Contains(leased, rows.IdAt(0))) continue;
      due.push_back(ReadJob(rows));
      ++taken;
    }
  }
  std::sort(due.begin(), due.end(), [](const Job& a, const Job& b) {
    return std::tie(a.due, a.id) < std::tie(b.due, b.id);
  });
  if (due.size() > limit) due.resize(limit);
  return due;
}

absl::Time Jobs::NextDueTime(Session& session) const {
  absl::Time next = absl::InfiniteFuture();
  for (const std::string& destination : Destinations(session)) {
    Query first = session.Sql("SELECT MIN(due) FROM job WHERE destination = ?", destination);
    if (first.Next()) next = std::min(next, first.TimeAt(0));
  }
  return next;
}

void Jobs::Reschedule(Tx& tx, const Id& id, int attempts, absl::Time due, absl::string_view error) {
  tx.Run("UPDATE job SET attempts = ?, due = ?, last_error = ? WHERE id = ?", attempts, due, error,
         id);
  tx.engine_->jobs_changed = true;
}

bool Jobs::Remove(Tx& tx, const Id& id) { return tx.Run("DELETE FROM job WHERE id = ?", id) > 0; }

std::optional<Job> Jobs::Find(Session& session, const Id& id) const {
  Query row = session.Sql(XIUFU_JOB_COLUMNS "WHERE id = ?", id);
  if (!row.Next()) return std::nullopt;
  return ReadJob(row);
}

#undef XIUFU_JOB_COLUMNS

int64_t Jobs::Count(Session& session) const {
  Query count = session.Sql("SELECT COUNT(*) FROM job");
  return count.Next() ? count.Int(0) : 0;
}

}  // namespace xiufu::storage
