#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/time/time.h"
#include "libs/base/status.h"
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
  // kRetry: what is kept of the failed attempt, if anything; on the writer, with the job's new due
  // time or its parking.
  absl::AnyInvocable<absl::Status(storage::Tx&, absl::Time now)> record;

  static JobOutcome Done(absl::AnyInvocable<absl::Status(storage::Tx&, absl::Time)> apply) {
    return {Kind::kDone, absl::OkStatus(), absl::ZeroDuration(), std::move(apply), nullptr};
  }
  static JobOutcome Retry(absl::Status error, absl::Duration at_least = absl::ZeroDuration()) {
    return {Kind::kRetry, std::move(error), at_least, nullptr, nullptr};
  }
};

// Tried again; where the other side said when (reason RETRY_AFTER with "seconds"), not before.
inline JobOutcome RetryAsAsked(const absl::Status& error) {
  const std::optional<ErrorReason> reason = ReasonOf(error);
  absl::Duration asked;
  if (reason.has_value() && reason->reason == "RETRY_AFTER") {
    for (const auto& [key, value] : reason->metadata) {
      int64_t seconds = 0;
      if (key == "seconds" && absl::SimpleAtoi(value, &seconds)) asked = absl::Seconds(seconds);
    }
  }
  return JobOutcome::Retry(error, asked);
}

// Makes one outside call for a job that is leased to it, within `deadline` (shorter than the
// lease). On a worker thread; never on the writer. The job's id is the stable request id.
using JobFn =
    std::function<JobOutcome(const storage::Job& job, absl::Time now, absl::Time deadline)>;

// Runs when a timer is due, on the writer, in the savepoint that removes the timer. Not OK: later
// again.
using TimerFn =
    std::function<absl::Status(const storage::Timer& timer, absl::Time now, storage::Tx& tx)>;

// What follows when a person gives a parked job up: on the writer, in the same transaction.
using GivenUpFn =
    std::function<absl::Status(const storage::Job& job, absl::Time now, storage::Tx& tx)>;

struct JobTable {
  absl::flat_hash_map<std::string, JobFn> by_kind;
  absl::flat_hash_map<std::string, GivenUpFn> given_up;  // of kinds where something follows
};
struct TimerTable {
  absl::flat_hash_map<std::string, TimerFn> by_kind;
};

}  // namespace xiufu::service
