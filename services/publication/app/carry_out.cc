#include "services/publication/app/carry_out.h"

#include <optional>

#include "libs/base/status.h"

namespace xiufu::publication {

absl::Status CarryOut::operator()(const Id& decision, const LetStand& by, storage::Tx& tx) const {
  const std::optional<Ending> refused = endings_->FindWhole(tx, decision);
  if (!refused) {
    return WithReason(absl::NotFoundError("no such decision came here"), "DECISION_NOT_FOUND");
  }
  if (refused->outcome == Ending::Outcome::kEnded) return absl::OkStatus();
  if (!refused->revoked_by.IsNone()) {
    return WithReason(absl::FailedPreconditionError("决定已被撤销 / the decision was revoked"),
                      "NOTHING_TO_END");
  }
  std::optional<Record> record = records_->Find(tx, refused->decision.record);
  if (!record) return absl::NotFoundError("the record of the decision is unknown");
  EnteredDecision of_today = refused->decision;
  of_today.record_version = record->version;
  Ending ending = DecideEnding(of_today, *record);
  if (ending.outcome != Ending::Outcome::kEnded) {
    return WithReason(absl::FailedPreconditionError(ending.reason), "NOTHING_TO_END");
  }
  // The decision is what it was; that a person let it stand is what is new.
  ending.decision = refused->decision;
  ending.reason = refused->reason;
  ending.let_stand = by;
  records_->SavePublicity(tx, *record);
  endings_->Settle(tx, ending);
  const messaging::Cause cause{DeriveId(decision, "carry_out", 0, {}), by.at, {}, ""};
  announcer_->Announce(tx, cause, ending);
  return tx.status();
}

}  // namespace xiufu::publication
