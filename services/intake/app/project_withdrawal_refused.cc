#include "services/intake/app/project_withdrawal_refused.h"

namespace xiufu::intake {

absl::Status ProjectWithdrawalRefusedEvent::operator()(const WithdrawalRefused& event,
                                                       const messaging::Cause& /*cause*/,
                                                       storage::Tx& tx) const {
  return (*project_)(tx, event.application, event.case_id,
                     [&](const std::optional<CaseView>& known) -> absl::StatusOr<CaseProjection> {
                       return ProjectWithdrawalRefused(known, event);
                     });
}

}  // namespace xiufu::intake
