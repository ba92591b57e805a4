#include "services/result_sync/app/enter_revocation.h"

#include "absl/strings/str_cat.h"

namespace xiufu::result {

absl::Status EnterRevocation::Handle(const TakenRevocation& taken, const messaging::Cause& cause,
                                     storage::Tx& tx) const {
  const std::string name = absl::StrCat("case ", taken.case_id.ToString());
  if (const auto known = ports_->revocations->Find(tx, taken.case_id)) {
    if (known->content == taken.content) return absl::OkStatus();
    return absl::AlreadyExistsError(absl::StrCat(name, ": it was revoked before"));
  }
  const std::optional<EnteredDecision> decision = ports_->decisions->Find(tx, taken.case_id);
  if (!decision.has_value()) return absl::NotFoundError(absl::StrCat(name, " has no decision"));
  if (decision->id != taken.decision || decision->outcome != Outcome::kApproved) {
    return absl::InvalidArgumentError(absl::StrCat(name, ": not the approval that is entered"));
  }
  const Revocation revocation{cause.Derive("revocation"), taken, decision->subject_uscc,
                              decision->reported};
  ports_->revocations->Insert(tx, revocation);
  ports_->events->DecisionRevoked(tx, cause, revocation);
  return absl::OkStatus();
}

absl::Status ConfirmRestoration::Handle(const Restored& restored, const messaging::Cause& cause,
                                        storage::Tx& tx) const {
  if (ports_->revocations->Confirm(tx, restored)) {
    ports_->events->RestorationConfirmed(tx, cause, restored);
  }
  return absl::OkStatus();
}

}  // namespace xiufu::result
