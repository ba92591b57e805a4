#include "services/routing/app/dismiss_answer.h"

#include "libs/base/status.h"

namespace xiufu::routing {

absl::Status DismissAnswer::operator()(const Command& command, absl::Time at,
                                       storage::Tx& tx) const {
  const std::optional<bool> counts = conflicts_->CountsOf(tx, command.key);
  if (!counts) return WithReason(absl::NotFoundError("no such answer"), "ANSWER_NOT_FOUND");
  if (*counts) {
    return WithReason(absl::FailedPreconditionError("the answer counts: nothing is to be settled"),
                      "ANSWER_COUNTS");
  }
  if (conflicts_->IsSettled(tx, command.key)) {
    return WithReason(absl::FailedPreconditionError("somebody has settled it before"),
                      "ALREADY_SETTLED");
  }
  conflicts_->Settle(tx, command.key, command.person, command.reason, at);
  return absl::OkStatus();
}

}  // namespace xiufu::routing
