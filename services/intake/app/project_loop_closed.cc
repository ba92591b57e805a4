#include "services/intake/app/project_loop_closed.h"

namespace xiufu::intake {

absl::Status ProjectLoopClosedEvent::operator()(const LoopClosed& event,
                                                const messaging::Cause& /*cause*/,
                                                storage::Tx& tx) const {
  return (*project_)(tx, event.application, event.case_id,
                     [&](const std::optional<CaseView>& known) -> absl::StatusOr<CaseProjection> {
                       return ProjectLoopClosed(known, event);
                     });
}

}  // namespace xiufu::intake
