#include "services/intake/app/project_case_opened.h"

namespace xiufu::intake {

absl::Status ProjectCaseOpened::operator()(const CaseOpened& event,
                                           const messaging::Cause& /*cause*/,
                                           storage::Tx& tx) const {
  return (*project_)(tx, event.application, event.case_id,
                     [&](const std::optional<CaseView>& known) -> absl::StatusOr<CaseProjection> {
                       return ProjectOpened(known, event);
                     });
}

}  // namespace xiufu::intake
