#include "services/intake/app/project_revocation.h"

namespace xiufu::intake {

absl::Status ProjectDecisionRevoked::operator()(const DecisionRevoked& event,
                                                const messaging::Cause& /*cause*/,
                                                storage::Tx& tx) const {
  if (event.ban) bans_->Insert(tx, *event.ban);
  return (*project_)(tx, event.application, event.case_id,
                     [&](const std::optional<CaseView>& known) -> absl::StatusOr<CaseProjection> {
                       return ProjectRevoked(known, event);
                     });
}

absl::Status ProjectRestorationConfirmed::operator()(const RestorationConfirmed& event,
                                                     const messaging::Cause& /*cause*/,
                                                     storage::Tx& tx) const {
  return (*project_)(tx, event.application, event.case_id,
                     [&](const std::optional<CaseView>& known) -> absl::StatusOr<CaseProjection> {
                       return ProjectRestored(known, event);
                     });
}

}  // namespace xiufu::intake
