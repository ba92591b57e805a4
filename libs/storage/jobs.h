#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"

namespace xiufu::storage {

// A call to the outside that must be made. The id is the stable request id of every attempt.
struct Job {
  Id id;
  std::string kind;         // which worker function
  std::string destination;  // budget and breaker are per destination
  std::string payload;      // the worker's own encoding
  Id application;
  int attempts = 0;
  absl::Time created;
  absl::Time due;
  std::string last_error;
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
  // Done or given up; false when it does not exist (somebody finished it before).
  bool Remove(Tx& tx, const Id& id);
  std::optional<Job> Find(Session& session, const Id& id) const;
  int64_t Count(Session& session) const;
};

}  // namespace xiufu::storage
