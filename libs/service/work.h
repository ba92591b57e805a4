#pragma once

#include <functional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/storage/jobs.h"
#include "libs/storage/timers.h"
#include "libs/storage/tx.h"

namespace xiufu::service {

// What a call to the outside came to.
struct JobOutcome {
  enum class Kind { kDone, kRetry };
  Kind kind = Kind::kRetry;
  absl::Status error;             // kRetry: why
  absl::Duration retry_at_least;  // kRetry: what the other side asked for, if it did
  // kDone: runs on the writer in the savepoint that removes the job; OK or the job stays.
  absl::AnyInvocable<absl::Status(storage::Tx&, absl::Time now)> apply;

  static JobOutcome Done(absl::AnyInvocable<absl::Status(storage::Tx&, absl::Time)> apply) {
    return {Kind::kDone, absl::OkStatus(), absl::ZeroDuration(), std::move(apply)};
  }
  static JobOutcome Retry(absl::Status error, absl::Duration at_least = absl::ZeroDuration()) {
    return {Kind::kRetry, std::move(error), at_least, nullptr};
  }
};

// Makes one outside call for a job that is leased to it, within `deadline` (shorter than the
// lease). On a worker thread; never on the writer. The job's id is the stable request id.
using JobFn =
    std::function<JobOutcome(const storage::Job& job, absl::Time now, absl::Time deadline)>;

// Runs when a timer is due, on the writer, in the savepoint that removes the timer. Not OK: later
// again.
using TimerFn =
    std::function<absl::Status(const storage::Timer& timer, absl::Time now, storage::Tx& tx)>;

struct JobTable {
  absl::flat_hash_map<std::string, JobFn> by_kind;
};
struct TimerTable {
  absl::flat_hash_map<std::string, TimerFn> by_kind;
};

}  // namespace xiufu::service
