#pragma once

#include <vector>

#include "absl/time/time.h"
#include "services/intake/domain/application.h"
#include "services/intake/domain/case_view.h"
#include "services/intake/domain/timeline.h"

namespace xiufu::intake {

// How an application stands; follows from its cases alone. Times are InfinitePast until they
// happen.
struct Standing {
  ApplicationState state = ApplicationState::kDraft;
  absl::Time concluded = absl::InfinitePast();  // when the last case ended
  absl::Time loop_closed =
      absl::InfinitePast();  // when the last effect of the last approval was confirmed
};

Standing StandingOf(const Application& application, const std::vector<CaseView>& cases);

// Takes `standing` over; what the applicant is told of it.
std::vector<News> Advance(Application& application, const Standing& standing);

// Nothing will be told any more: every case has ended, and the loop is closed or nothing was
// approved.
bool IsFinal(const Application& application, const std::vector<CaseView>& cases);

}  // namespace xiufu::intake
