#include "services/routing/app/review_case.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "services/routing/domain/case_states.h"

namespace xiufu::routing {
namespace {

absl::Status NoSuchCase() {
  return WithReason(absl::NotFoundError("no such case"), "CASE_NOT_FOUND");
}

}  // namespace

absl::Status ReviewCase::operator()(const Command& command, const messaging::Cause& cause,
                                    storage::Tx& tx) const {
  const std::optional<Case> kase = ports_->cases->Find(tx, command.case_id);
  if (!kase) return NoSuchCase();
  if (kase->state != CaseState::kPreCheck) {
    return WithReason(absl::FailedPreconditionError("the case is not in pre-check"),
                      "NOT_IN_PRE_CHECK");
  }
  const bool passed = command.defects.empty();
  const absl::StatusOr<Meaning> meaning =
      Take(*kase,
           {.outcome = passed ? Reviewed::Outcome::kPassed : Reviewed::Outcome::kDefects,
            .review = cause.Derive("review").ToString(),
            .person = command.person,
            .note = command.note,
            .defects = command.defects},
           cause.now, cause, tx);
  if (!meaning.ok()) return meaning.status();
  if (*meaning == Meaning::kMove) return absl::OkStatus();
  return WithReason(absl::FailedPreconditionError("all that is missing is told at once, and was"),
                    "DEFECTS_TOLD_ALREADY");
}

absl::Status ReviewCase::operator()(const OpinionCommand& command, const messaging::Cause& cause,
                                    storage::Tx& tx) const {
  const std::optional<Case> kase = ports_->cases->Find(tx, command.case_id);
  if (!kase) return NoSuchCase();
  if (IsFinal(kase->state)) {
    return WithReason(absl::FailedPreconditionError("the case is over"), "CASE_ENDED");
  }
  if (StateOfClocks(*kase) == CaseState::kPreCheck) {
    return WithReason(absl::FailedPreconditionError("the case waits for the review itself"),
                      "IN_PRE_CHECK");
  }
  const Opinion opinion{.review = cause.Derive("review").ToString(),
                        .person = command.person,
                        .text = command.text,
                        .at = cause.now};
  ports_->reviews->Insert(tx, *kase, opinion);
  ports_->events->Emit(tx, cause, *kase, OpinionGiven{opinion.person, opinion.text, cause.now});
  // Whoever gets the case later gets it with the task.
  if (HasTask(StateOfClocks(*kase))) {
    ports_->events->Emit(tx, cause, *kase, OpinionPassedOn{opinion});
  }
  return absl::OkStatus();
}

absl::Status ReviewCase::OnTimeUp(storage::Tx& tx, const storage::Timer& timer) const {
  const std::optional<Case> kase = ports_->cases->Find(tx, timer.subject);
  if (!kase || kase->state != CaseState::kPreCheck) return absl::OkStatus();
  const std::vector<DeadlineReceipt> deadlines = ports_->deadlines->Of(tx, kase->id);
  const DeadlineReceipt* missed = FindReceipt(deadlines, kPreCheckDeadline);
  if (missed == nullptr) return absl::OkStatus();
  const Place place = PlaceOf(kase->id);
  const absl::Time at = MissedAt(*missed);
  const std::string tag = absl::StrCat("pre_check_time_up/", kase->step);
  const messaging::Cause cause{DeriveId(kase->id, tag, 0, place), at, place, ""};
  return Take(*kase, {.outcome = Reviewed::Outcome::kTimeUp, .review = tag}, at, cause, tx)
      .status();
}

absl::StatusOr<Meaning> ReviewCase::Take(const Case& kase, Reviewed reviewed, absl::Time at,
                                         const messaging::Cause& cause, storage::Tx& tx) const {
  std::optional<Task> task = ports_->tasks->Find(tx, kase.task);
  if (!task) return absl::InternalError("a case without a task");
  // Lists of papers as one string: one behind the other they are one list.
  for (const std::string& more : ports_->supplements->AllMaterials(tx, kase.id)) {
    task->materials += more;
  }
  task->id = cause.Derive("task");
  task->given_at = at;
  reviewed.task = *std::move(task);
  return inputs_->Take({kase.id, kase.application, at, std::move(reviewed)}, cause, tx);
}

}  // namespace xiufu::routing
