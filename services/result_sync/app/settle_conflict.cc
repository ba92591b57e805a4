#include "services/result_sync/app/settle_conflict.h"

#include "libs/base/status.h"

namespace xiufu::result {

absl::Status SettleConflict::operator()(const Command& command, absl::Time at,
                                        storage::Tx& tx) const {
  if (!conflicts_->Has(tx, command.decision)) {
    return WithReason(absl::NotFoundError("no conflict about this decision"), "CONFLICT_NOT_FOUND");
  }
  if (conflicts_->IsSettled(tx, command.decision)) {
    return WithReason(absl::FailedPreconditionError("somebody has settled it before"),
                      "ALREADY_SETTLED");
  }
  conflicts_->Settle(tx, command.decision, command.person, command.reason, at);
  return absl::OkStatus();
}

}  // namespace xiufu::result
