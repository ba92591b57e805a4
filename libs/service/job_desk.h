#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/service/breaker.h"
#include "libs/service/retry_policy.h"
#include "libs/service/work.h"
#include "libs/storage/database.h"

namespace xiufu::service {

// Leases due jobs, runs one, enters its outcome. Without threads: JobRunner's workers drive it, and
// the simulation. Thread-safe.
class JobDesk {
 public:
  struct Parts {
    storage::Database* database = nullptr;
    const JobTable* table = nullptr;
    const Clock* clock = nullptr;
    RetryPolicy policy;
    std::function<double()> jitter;  // in [0, 1)
    size_t per_destination = 8;      // calls to one destination at a time; to one that fails, one
    absl::Duration lease = absl::Seconds(30);
    absl::Duration call_limit = absl::Seconds(20);  // shorter than the lease
  };
  explicit JobDesk(Parts parts);

  // Leases up to `limit` due jobs within the destinations' budgets, leaving out destinations whose
  // breaker is open.
  std::vector<storage::Job> Lease(size_t limit);
  // Makes the call and submits its outcome; `done` runs on the writer after the commit, when the
  // lease is given back.
  void Run(storage::Job job, absl::AnyInvocable<void(absl::Status)> done);
  // After a Lease at `since` that gave nothing: how long until another may give something, unless a
  // commit or a lease given back comes first. InfiniteDuration when only those can.
  absl::Duration UntilNext(absl::Time since) const;
  size_t leased() const;

 private:
  struct Attempt {
    storage::Job job;
    JobOutcome outcome;
    absl::AnyInvocable<void(absl::Status)> done;
  };

  JobOutcome Call(const storage::Job& job);
  void Submit(const std::shared_ptr<Attempt>& attempt);
  absl::Status Enter(const storage::Job& job, JobOutcome& outcome, storage::Tx& tx) const;
  void GiveBack(const storage::Job& job, const JobOutcome& outcome);
  size_t BudgetOf(const std::string& destination) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::vector<std::string> RestingOrFull() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Parts parts_;
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<Id, std::string> leased_ ABSL_GUARDED_BY(mutex_);  // job → destination
  std::map<std::string, size_t> in_flight_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Breaker> breakers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu::service
