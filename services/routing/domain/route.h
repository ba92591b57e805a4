#pragma once

#include <vector>

#include "libs/catalogue/rule.h"
#include "services/routing/domain/case.h"

namespace xiufu::routing {

// What is done in a step of a case's route.
enum class Role {
  kReview,    // looks whether all papers are there; cannot refuse
  kDecision,  // decides
};

struct RouteStep {
  Role role = Role::kDecision;
  std::string by;  // a reviewer's id, or who decides by the rule
  friend bool operator==(const RouteStep&, const RouteStep&) = default;
};

// The ordered steps of a case, by the data of its rule: the persons who look first, then whoever
// decides. What a machine looks at is done with the submission and is no step.
std::vector<RouteStep> RouteOf(const catalogue::Rule& rule);

// Moves a case to a step of its route: to a reviewer, or to whoever decides, in this suite or in
// another system.
void GoToStep(Case& kase, const catalogue::Rule& rule, int step);

}  // namespace xiufu::routing
