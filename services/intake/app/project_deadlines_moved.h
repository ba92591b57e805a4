#pragma once

#include "libs/messaging/cause.h"
#include "services/intake/app/case_projector.h"

namespace xiufu::intake {

// Routing loaded another calendar, and due dates of a case moved or became firm.
class ProjectDeadlinesMoved {
 public:
  explicit ProjectDeadlinesMoved(const CaseProjector* project) : project_(project) {}

  absl::Status operator()(const DeadlinesMoved& event, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const CaseProjector* const project_;
};

}  // namespace xiufu::intake
