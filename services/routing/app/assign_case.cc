#include "services/routing/app/assign_case.h"

#include <optional>
#include <utility>

#include "libs/base/status.h"

namespace xiufu::routing {
namespace {

absl::Status NotToBeAssigned() {
  return WithReason(absl::FailedPreconditionError("the case is not to be assigned"),
                    "NOT_TO_BE_ASSIGNED");
}

}  // namespace

absl::Status AssignCase::operator()(const Command& command, const messaging::Cause& cause,
                                    storage::Tx& tx) const {
  const std::optional<Case> kase = ports_->cases->Find(tx, command.case_id);
  if (!kase) return WithReason(absl::NotFoundError("no such case"), "CASE_NOT_FOUND");
  if (kase->state != CaseState::kToBeAssigned) return NotToBeAssigned();
  absl::StatusOr<Opening> opening =
      law_->ForAssignment(*kase, command.authority_code, cause.now, tx);
  if (!opening.ok()) return opening.status();
  std::optional<Task> task = ports_->tasks->Find(tx, kase->task);
  if (!task) return absl::InternalError("a case without a task");
  task->id = cause.Derive("task");
  task->authority_code = opening->authority.code;
  task->given_at = cause.now;
  task->delivered_at = absl::InfinitePast();
  task->opinions = ports_->reviews->Opinions(tx, kase->id);
  const absl::StatusOr<Meaning> meaning = inputs_->Take(
      {kase->id, kase->application, cause.now,
       Assigned{opening->authority, *std::move(task), command.person, command.reason}},
      cause, tx);
  if (!meaning.ok()) return meaning.status();
  return *meaning == Meaning::kMove ? absl::OkStatus() : NotToBeAssigned();
}

}  // namespace xiufu::routing
