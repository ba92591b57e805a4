#pragma once

#include "libs/messaging/cause.h"
#include "services/intake/app/case_projector.h"

namespace xiufu::intake {

// A light of a case: that a deadline of its authority was missed, the applicant is told.
class ProjectMissedDeadline {
 public:
  explicit ProjectMissedDeadline(const CaseProjector* project) : project_(project) {}

  absl::Status operator()(const DeadlineMissed& event, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const CaseProjector* const project_;
};

}  // namespace xiufu::intake
