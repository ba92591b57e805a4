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

// How long a case that is over took. What reviewers needed, and the pauses that they asked for, are
// none of it: they say nothing of the authority.
struct CaseTimes {
  absl::Duration gross;           // from its opening, or from when it was passed on, to its end
  absl::Duration net;             // without the pauses
  absl::Duration with_authority;  // since its system had the task, without the pauses
  bool of_authority = true;       // false: it ended before an authority had it
};

// `passed_on`: InfinitePast where no reviewer looked first. `delivered_at`: InfinitePast where its
// system never acknowledged the task.
CaseTimes TimesOf(const Case& ended, absl::Time passed_on, absl::Time delivered_at,
                  const std::vector<CasePause>& pauses);

}  // namespace xiufu::routing
