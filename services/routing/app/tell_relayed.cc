#include "services/routing/app/tell_relayed.h"

#include <optional>

#include "libs/base/status.h"

namespace xiufu::routing {

absl::Status TellRelayed::operator()(const Command& command, const messaging::Cause& cause,
                                     storage::Tx& tx) const {
  const std::optional<Case> kase = ports_->cases->Find(tx, command.case_id);
  if (!kase) return WithReason(absl::NotFoundError("no such case"), "CASE_NOT_FOUND");
  const absl::StatusOr<Meaning> meaning =
      inputs_->Take({kase->id, kase->application, cause.now, command.told}, cause, tx);
  if (!meaning.ok()) return meaning.status();
  if (*meaning == Meaning::kMove) return absl::OkStatus();
  return WithReason(absl::FailedPreconditionError("the case is not with an upstream door"),
                    "NOT_WITH_UPSTREAM");
}

}  // namespace xiufu::routing
