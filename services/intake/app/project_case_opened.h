#pragma once

#include "libs/messaging/cause.h"
#include "services/intake/app/case_projector.h"

namespace xiufu::intake {

// Routing opened a case.
class ProjectCaseOpened {
 public:
  explicit ProjectCaseOpened(const CaseProjector* project) : project_(project) {}

  absl::Status operator()(const CaseOpened& event, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const CaseProjector* const project_;
};

}  // namespace xiufu::intake
