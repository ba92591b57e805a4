#pragma once

#include "libs/messaging/cause.h"
#include "services/intake/app/case_projector.h"

namespace xiufu::intake {

// The ledger entered a decision: its words are final.
class ProjectDecisionEntered {
 public:
  explicit ProjectDecisionEntered(const CaseProjector* project) : project_(project) {}

  absl::Status operator()(const DecisionEntered& event, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const CaseProjector* const project_;
};

}  // namespace xiufu::intake
