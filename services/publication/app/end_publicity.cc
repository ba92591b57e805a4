#include "services/publication/app/end_publicity.h"

#include <optional>

#include "libs/base/status.h"

namespace xiufu::publication {

absl::Status EndPublicity::operator()(const EnteredDecision& decision,
                                      const messaging::Cause& cause, storage::Tx& tx) const {
  if (OwnEffects(decision).empty()) return absl::OkStatus();
  if (std::optional<EnteredDecision> known = endings_->Find(tx, decision.decision)) {
    if (SameDecision(*known, decision)) return absl::OkStatus();
    return WithReason(absl::AlreadyExistsError("the decision is known with other content"),
                      "DECISION_CONFLICT");
  }
  std::optional<Record> record = records_->Find(tx, decision.record);
  if (!record) return absl::NotFoundError("the record of the decision is unknown");
  const Ending ending = DecideEnding(decision, *record);
  if (ending.outcome == Ending::Outcome::kEnded) records_->SavePublicity(tx, *record);
  endings_->Insert(tx, ending);
  announcer_->Announce(tx, cause, ending);
  return absl::OkStatus();
}

}  // namespace xiufu::publication
