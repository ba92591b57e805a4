#include "services/intake/app/project_decision_entered.h"

namespace xiufu::intake {

absl::Status ProjectDecisionEntered::operator()(const DecisionEntered& event,
                                                const messaging::Cause& /*cause*/,
                                                storage::Tx& tx) const {
  return (*project_)(tx, event.application, event.case_id,
                     [&](const std::optional<CaseView>& known) -> absl::StatusOr<CaseProjection> {
                       return ProjectEntered(known, event);
                     });
}

}  // namespace xiufu::intake
