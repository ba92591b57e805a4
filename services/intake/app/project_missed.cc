#include "services/intake/app/project_missed.h"

namespace xiufu::intake {

absl::Status ProjectMissedDeadline::operator()(const DeadlineMissed& event,
                                               const messaging::Cause& /*cause*/,
                                               storage::Tx& tx) const {
  return (*project_)(tx, event.application, event.case_id,
                     [&](const std::optional<CaseView>& known) -> absl::StatusOr<CaseProjection> {
                       return ProjectMissed(known, event);
                     });
}

}  // namespace xiufu::intake
