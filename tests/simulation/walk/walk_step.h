#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/routing/domain/case.h"
#include "tests/simulation/sim_world.h"
#include "tests/simulation/walk/dice.h"

namespace xiufu::simulation {

// What a step of a walk has done; for the trail, and to see that every kind of step is ever taken.
struct WalkStep {
  std::string what;
  bool taken = false;  // it was neither refused nor without anybody to do it to
};
inline WalkStep Tried(std::string what, const absl::Status& status) {
  if (!status.ok()) what += ": refused";
  return {std::move(what), status.ok()};
}

struct WalkCase {
  Id id;
  Id application;
  Id record;
  routing::CaseState state;
};
// One in one of these states as a rule, else any; none while there is no case.
std::optional<WalkCase> SomeCase(SimWorld& world, Dice& dice,
                                 std::vector<routing::CaseState> states);

}  // namespace xiufu::simulation
