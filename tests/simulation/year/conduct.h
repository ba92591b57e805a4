#pragma once

#include <map>
#include <string>

#include "tests/simulation/sim_world.h"

namespace xiufu::simulation {

// How an authority went about its tasks, as the answers in routing's store tell: whether characters
// show. All but `median_days` are counts.
struct Conduct {
  int answers = 0;
  int on_fridays = 0;        // of them
  int after_escalation = 0;  // tasks on which it said nothing before somebody was told it is late
  int contradicted = 0;      // tasks that it decided more than once, each time without a fault
  int asked_again = 0;       // tasks for which it wanted more than one supplement
  int returned = 0;          // tasks
  int found = 0;             // approvals that it revoked
  double median_days = 0;    // from the task to the first decision
};
std::map<std::string, Conduct> ReadConduct(SimWorld& world);

}  // namespace xiufu::simulation
