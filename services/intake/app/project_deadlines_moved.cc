#include "services/intake/app/project_deadlines_moved.h"

namespace xiufu::intake {

absl::Status ProjectDeadlinesMoved::operator()(const DeadlinesMoved& event,
                                               const messaging::Cause& /*cause*/,
                                               storage::Tx& tx) const {
  return (*project_)(tx, event.application, event.case_id,
                     [&](const std::optional<CaseView>& known) -> absl::StatusOr<CaseProjection> {
                       return ProjectMoved(known, event);
                     });
}

}  // namespace xiufu::intake
