#pragma once

#include "libs/messaging/cause.h"
#include "services/intake/app/case_projector.h"

namespace xiufu::intake {

// Every effect of a decision is confirmed.
class ProjectLoopClosedEvent {
 public:
  explicit ProjectLoopClosedEvent(const CaseProjector* project) : project_(project) {}

  absl::Status operator()(const LoopClosed& event, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const CaseProjector* const project_;
};

}  // namespace xiufu::intake
