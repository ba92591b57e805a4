#include "services/intake/app/project_case_changed.h"

namespace xiufu::intake {

absl::Status ProjectCaseChanged::operator()(const CaseChanged& event,
                                            const messaging::Cause& /*cause*/,
                                            storage::Tx& tx) const {
  return (*project_)(tx, event.application, event.case_id,
                     [&](const std::optional<CaseView>& known) -> absl::StatusOr<CaseProjection> {
                       return ProjectChanged(known, event);
                     });
}

}  // namespace xiufu::intake
