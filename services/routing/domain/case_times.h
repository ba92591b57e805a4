#pragma once

#include <vector>

#include "absl/time/time.h"
#include "services/routing/domain/case.h"

namespace xiufu::routing {

// The applicant had the turn.
struct CasePause {
  absl::Time asked_at;
  absl::Time until;
};

// How long a case that is over took.
struct CaseTimes {
  absl::Duration gross;           // from its opening to its end
  absl::Duration net;             // without the pauses
  absl::Duration with_authority;  // since its system had the task, without the pauses
};

// `delivered_at`: InfinitePast where its system never acknowledged the task.
CaseTimes TimesOf(const Case& ended, absl::Time delivered_at, const std::vector<CasePause>& pauses);

}  // namespace xiufu::routing
