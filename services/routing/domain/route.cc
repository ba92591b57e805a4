#include "services/routing/domain/route.h"

#include <algorithm>

namespace xiufu::routing {

std::vector<RouteStep> RouteOf(const catalogue::Rule& rule) {
  std::vector<RouteStep> route;
  for (const catalogue::Reviewer& reviewer : rule.reviewers) {
    if (reviewer.by == catalogue::ReviewedBy::kReviewer) {
      route.push_back({Role::kReview, reviewer.id});
    }
  }
  route.push_back({Role::kDecision, rule.decides});
  return route;
}

void GoToStep(Case& kase, const catalogue::Rule& rule, int step) {
  const std::vector<RouteStep> route = RouteOf(rule);
  const RouteStep& to = route[std::min(static_cast<size_t>(step), route.size() - 1)];
  kase.step = step;
  kase.reviewer.clear();
  if (to.role == Role::kReview) {
    kase.state = CaseState::kPreCheck;
    kase.reviewer = to.by;
  } else {
    kase.state = kase.handling.empty() ? CaseState::kReceived : CaseState::kWithUpstream;
  }
}

}  // namespace xiufu::routing
