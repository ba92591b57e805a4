#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/routing/domain/case.h"
#include "services/routing/domain/case_event.h"
#include "services/routing/domain/case_input.h"
#include "services/routing/domain/deadline.h"
#include "services/routing/domain/law.h"
#include "services/routing/domain/transition.h"

namespace xiufu::routing {

// What becomes of a case by one input.
struct Step {
  Meaning meaning = Meaning::kNothing;
  std::string reason;                      // kRecord, kConflict: why; for people, Chinese first
  Case next;                               // kMove, kNote
  std::vector<DeadlineReceipt> deadlines;  // that began or moved
  std::vector<CaseEvent> events;
};

// Pure. `deadlines` are the receipts the case has. The caller has sorted out repetitions: an input
// whose key it has taken before never comes here.
Step Decide(const Case& kase, const std::vector<DeadlineReceipt>& deadlines, const CaseInput& input,
            const Law& law);

}  // namespace xiufu::routing
