#include "libs/service/job_desk.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/crash_point.h"

namespace xiufu::service {

JobDesk::JobDesk(Parts parts) : parts_(std::move(parts)) {}

std::vector<storage::Job> JobDesk::Lease(size_t limit) {
  // Held while reading, so that two workers never lease the same job.
  absl::MutexLock lock(&mutex_);
  std::vector<Id> leased;
  for (const auto& [id, destination] : leased_) leased.push_back(id);
  std::vector<storage::Job> due;
  const std::vector<std::string> without = RestingOrFull();
  parts_.database
      ->Read([&](storage::Session& session) {
        due = parts_.database->jobs().Due(session, parts_.clock->Now(), limit, without, leased);
        return absl::OkStatus();
      })
      .IgnoreError();  // asked again at the next wake
  std::vector<storage::Job> taken;
  for (storage::Job& job : due) {
    if (in_flight_[job.destination] >= BudgetOf(job.destination)) continue;
    ++in_flight_[job.destination];
    leased_.emplace(job.id, job.destination);
    taken.push_back(std::move(job));
  }
  return taken;
}

// Calls to what does not answer last long: they must not keep the workers from everything else.
size_t JobDesk::BudgetOf(const std::string& destination) const {
  const auto breaker = breakers_.find(destination);
  return breaker != breakers_.end() && breaker->second.failing() ? 1 : parts_.per_destination;
}

std::vector<std::string> JobDesk::RestingOrFull() const {
  const absl::Duration now = parts_.clock->Monotonic();
  std::vector<std::string> result;
  for (const auto& [destination, breaker] : breakers_) {
    if (breaker.Open(now)) result.push_back(destination);
  }
  for (const auto& [destination, count] : in_flight_) {
    if (count >= BudgetOf(destination)) result.push_back(destination);
  }
  return result;
}

void JobDesk::Run(storage::Job job, absl::AnyInvocable<void(absl::Status)> done) {
  JobOutcome outcome = Call(job);
  CrashPoint("job.after_call");
  Submit(std::make_shared<Attempt>(Attempt{std::move(job), std::move(outcome), std::move(done)}));
}

void JobDesk::Submit(const std::shared_ptr<Attempt>& attempt) {
  parts_.database->Write(
      [this, attempt](storage::Tx& tx) { return Enter(attempt->job, attempt->outcome, tx); },
      [this, attempt](const absl::Status& status) {
        if (!status.ok() && attempt->outcome.kind == JobOutcome::Kind::kDone) {
          // An answer that cannot be entered is a failed attempt like any other, and is counted:
          // else the other side would be asked again without end.
          attempt->outcome = JobOutcome::Retry(status);
          return Submit(attempt);
        }
        GiveBack(attempt->job, attempt->outcome);
        attempt->done(status);
      });
}

JobOutcome JobDesk::Call(const storage::Job& job) {
  auto fn = parts_.table->by_kind.find(job.kind);
  if (fn == parts_.table->by_kind.end()) {
    return JobOutcome::Retry(
        absl::UnimplementedError(absl::StrCat("no worker for jobs of kind ", job.kind)));
  }
  const absl::Time now = parts_.clock->Now();
  CrashPoint("job.before_call");
  return fn->second(job, now, now + parts_.call_limit);
}

absl::Status JobDesk::Enter(const storage::Job& job, JobOutcome& outcome, storage::Tx& tx) const {
  const absl::Time now = parts_.clock->Now();
  if (outcome.kind == JobOutcome::Kind::kDone) {
    // False: an earlier attempt of ours was entered after all; its effect stands.
    if (!tx.jobs().Remove(tx, job.id)) return absl::OkStatus();
    return outcome.apply == nullptr ? absl::OkStatus() : outcome.apply(tx, now);
  }
  RetryDecision decision = parts_.policy.Decide(outcome.error, job.attempts + 1, parts_.jitter());
  const std::string error = absl::StrCat(absl::StatusCodeToString(outcome.error.code()), ": ",
                                         outcome.error.message().substr(0, 500));
  if (decision.kind == RetryDecision::Kind::kRetry) {
    tx.jobs().Reschedule(tx, job.id, job.attempts + 1,
                         now + std::max(decision.after, outcome.retry_at_least), error);
  } else {
    tx.jobs().Park(tx, job.id, job.attempts + 1, now, error);
  }
  return outcome.record == nullptr ? absl::OkStatus() : outcome.record(tx, now);
}

void JobDesk::GiveBack(const storage::Job& job, const JobOutcome& outcome) {
  // A refusal for good is an answer too: who refuses is there.
  const bool answered = outcome.kind == JobOutcome::Kind::kDone || !MayPass(outcome.error);
  absl::MutexLock lock(&mutex_);
  leased_.erase(job.id);
  --in_flight_[job.destination];
  Breaker& breaker = breakers_[job.destination];
  if (answered) {
    breaker.Succeeded();
  } else {
    breaker.Failed(parts_.clock->Monotonic());
  }
}

absl::Duration JobDesk::UntilNext(absl::Time since) const {
  absl::Time next = absl::InfiniteFuture();
  parts_.database
      ->Read([&](storage::Session& session) {
        next = parts_.database->jobs().NextDueTime(session);
        return absl::OkStatus();
      })
      .IgnoreError();
  if (next > since) return next - since;
  // What is due is leased, its destination is full (a lease given back tells), or rests.
  absl::Duration rest = absl::InfiniteDuration();
  absl::MutexLock lock(&mutex_);
  const absl::Duration now = parts_.clock->Monotonic();
  for (const auto& [destination, breaker] : breakers_) {
    if (breaker.Open(now)) rest = std::min(rest, breaker.open_until() - now);
  }
  return rest;
}

size_t JobDesk::leased() const {
  absl::MutexLock lock(&mutex_);
  return leased_.size();
}

}  // namespace xiufu::service
