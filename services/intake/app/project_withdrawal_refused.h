#pragma once

#include "libs/messaging/cause.h"
#include "services/intake/app/case_projector.h"

namespace xiufu::intake {

// Routing had taken an answer of the authority before it was asked to let the case go.
class ProjectWithdrawalRefusedEvent {
 public:
  explicit ProjectWithdrawalRefusedEvent(const CaseProjector* project) : project_(project) {}

  absl::Status operator()(const WithdrawalRefused& event, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const CaseProjector* const project_;
};

}  // namespace xiufu::intake
