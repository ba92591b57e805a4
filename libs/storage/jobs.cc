#include "libs/storage/jobs.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/storage/engine.h"

namespace xiufu::storage {
namespace {

// States as stored; the partial indexes of job name them too.
static_assert(static_cast<int>(JobState::kDue) == 0);
static_assert(static_cast<int>(JobState::kParked) == 1);
static_assert(static_cast<int>(JobState::kDiscarded) == 2);

#define XIUFU_JOB_COLUMNS                                                        \
  "SELECT id, kind, destination, payload, application, attempts, created, due, " \
  "last_error, state, parked, discarded, discard_reason FROM job "

Job ReadJob(const Query& query) {
  Job job;
  job.id = query.IdAt(0);
  job.kind = std::string(query.Text(1));
  job.destination = std::string(query.Text(2));
  job.payload = std::string(query.Blob(3));
  job.application = query.IdAt(4);
  job.attempts = static_cast<int>(query.Int(5));
  job.created = query.TimeAt(6);
  job.due = query.IsNull(7) ? absl::InfiniteFuture() : query.TimeAt(7);
  job.last_error = std::string(query.Text(8));
  job.state = static_cast<JobState>(query.Int(9));
  job.parked = query.TimeAt(10);
  job.discarded = query.TimeAt(11);
  job.discard_reason = std::string(query.Text(12));
  return job;
}

// Steps from one destination to the next on the index, whatever number of jobs each has.
std::vector<std::string> Destinations(Session& session) {
  std::vector<std::string> destinations;
  Query rows = session.Sql(
      "WITH RECURSIVE each(destination) AS (SELECT MIN(destination) FROM job WHERE state = 0 "
      "UNION ALL SELECT (SELECT MIN(destination) FROM job WHERE state = 0 AND "
      "destination > each.destination) FROM each WHERE each.destination IS NOT NULL) "
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
      "INSERT INTO job (id, state, kind, destination, payload, application, attempts, created, "
      "due, last_error) VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?)",
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
    Query rows = session.Sql(XIUFU_JOB_COLUMNS
                             "WHERE state = 0 AND destination = ? AND due <= ? ORDER BY due, id",
                             destination, now);
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
    Query first =
        session.Sql("SELECT MIN(due) FROM job WHERE state = 0 AND destination = ?", destination);
    if (first.Next()) next = std::min(next, first.TimeAt(0));
  }
  return next;
}

void Jobs::Reschedule(Tx& tx, const Id& id, int attempts, absl::Time due, absl::string_view error) {
  tx.Run("UPDATE job SET attempts = ?, due = ?, last_error = ? WHERE id = ?", attempts, due, error,
         id);
  tx.engine_->jobs_changed = true;
}

void Jobs::Park(Tx& tx, const Id& id, int attempts, absl::Time now, absl::string_view error) {
  tx.Run(
      "UPDATE job SET state = 1, attempts = ?, due = NULL, last_error = ?, parked = ? "
      "WHERE id = ?",
      attempts, error, now, id);
}

bool Jobs::Remove(Tx& tx, const Id& id) { return tx.Run("DELETE FROM job WHERE id = ?", id) > 0; }

absl::Status Jobs::Parked(Session& session, const Id& id) const {
  const std::optional<Job> job = Find(session, id);
  if (!job.has_value()) {
    if (!session.status().ok()) return session.status();
    return absl::NotFoundError(absl::StrCat("no job ", id.ToString()));
  }
  if (job->state == JobState::kParked) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("job ", id.ToString(), " is not parked"));
}

absl::Status Jobs::Replay(Tx& tx, const Id& id, absl::Time now) {
  absl::Status parked = Parked(tx, id);
  if (!parked.ok()) return parked;
  tx.Run("UPDATE job SET state = 0, attempts = 1, due = ?, parked = NULL WHERE id = ?", now, id);
  tx.engine_->jobs_changed = true;
  return absl::OkStatus();
}

absl::Status Jobs::Discard(Tx& tx, const Id& id, absl::string_view reason, absl::Time now) {
  absl::Status parked = Parked(tx, id);
  if (!parked.ok()) return parked;
  tx.Run("UPDATE job SET state = 2, discarded = ?, discard_reason = ? WHERE id = ?", now, reason,
         id);
  return absl::OkStatus();
}

std::optional<Job> Jobs::Find(Session& session, const Id& id) const {
  Query row = session.Sql(XIUFU_JOB_COLUMNS "WHERE id = ?", id);
  if (!row.Next()) return std::nullopt;
  return ReadJob(row);
}

std::vector<Job> Jobs::List(Session& session, JobState state, const Id& after, int limit) const {
  std::vector<Job> jobs;
  Query rows =
      session.Sql(XIUFU_JOB_COLUMNS "WHERE state <> 0 AND state = ? AND id > ? ORDER BY id LIMIT ?",
                  static_cast<int>(state), Blob{after.bytes()}, limit);
  while (rows.Next()) jobs.push_back(ReadJob(rows));
  return jobs;
}

#undef XIUFU_JOB_COLUMNS

// Each from its own index, whatever number was discarded.
Jobs::Counts Jobs::Count(Session& session) const {
  Query counts = session.Sql(
      "SELECT (SELECT COUNT(*) FROM job WHERE state = 0), "
      "(SELECT COUNT(*) FROM job WHERE state <> 0 AND state = 1)");
  if (!counts.Next()) return {};
  return {counts.Int(0), counts.Int(1)};
}

}  // namespace xiufu::storage
