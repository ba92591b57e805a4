#pragma once

#include "libs/messaging/cause.h"
#include "services/intake/app/case_projector.h"

namespace xiufu::intake {

// The state of a case changed at routing.
class ProjectCaseChanged {
 public:
  explicit ProjectCaseChanged(const CaseProjector* project) : project_(project) {}

  absl::Status operator()(const CaseChanged& event, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const CaseProjector* const project_;
};

}  // namespace xiufu::intake
