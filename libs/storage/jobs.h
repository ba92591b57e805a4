#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"

namespace xiufu::storage {

enum class JobState { kDue, kParked, kDiscarded };

// A call to the outside that must be made. The id is the stable request id of every attempt. Never
// deleted before it succeeded; a discarded one is kept as well.
struct Job {
  Id id;
  std::string kind;         // which worker function
  std::string destination;  // budget and breaker are per destination
  std::string payload;      // the worker's own encoding
  Id application;
  int attempts = 0;
  absl::Time created;
  absl::Time due;  // kDue only
  std::string last_error;
  JobState state = JobState::kDue;
  absl::Time parked;           // kParked and kDiscarded: since when
  absl::Time discarded;        // kDiscarded: when
  std::string discard_reason;  // kDiscarded
};

// Leases live in the process: the store's lock makes that safe.
class Jobs {
 public:
  // A job with this id and the same content is a no-op.
  void Add(Tx& tx, const Job& job);
  // Due jobs in order of (due, id), at most `limit`, of destinations not in `without` and ids not
  // in `leased`.
  std::vector<Job> Due(Session& session, absl::Time now, size_t limit,
                       const std::vector<std::string>& without,
                       const std::vector<Id>& leased) const;
  absl::Time NextDueTime(Session& session) const;
  void Reschedule(Tx& tx, const Id& id, int attempts, absl::Time due, absl::string_view error);
  // Failed for good: a person's turn.
  void Park(Tx& tx, const Id& id, int attempts, absl::Time now, absl::string_view error);
  // Done; false when it does not exist (somebody finished it before).
  bool Remove(Tx& tx, const Id& id);

  // Operator's verbs. FAILED_PRECONDITION when the job is not parked, NOT_FOUND when it does not
  // exist. A replayed job counts its attempts anew, from 1: an earlier call may have arrived.
  absl::Status Replay(Tx& tx, const Id& id, absl::Time now);
  absl::Status Discard(Tx& tx, const Id& id, absl::string_view reason, absl::Time now);

  std::optional<Job> Find(Session& session, const Id& id) const;
  // Parked or discarded jobs after `after`, in order of ids; from the first when that is none.
  std::vector<Job> List(Session& session, JobState state, const Id& after, int limit) const;

  struct Counts {
    int64_t due = 0, parked = 0;
  };
  Counts Count(Session& session) const;

 private:
  absl::Status Parked(Session& session, const Id& id) const;
};

}  // namespace xiufu::storage
