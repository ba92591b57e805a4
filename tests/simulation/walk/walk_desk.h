#pragma once

#include "tests/simulation/walk/walk_feeds.h"

namespace xiufu::simulation {

// The persons at routing, who do the right thing and the wrong.
class WalkDesk {
 public:
  WalkDesk(SimWorld* world, Dice dice) : world_(world), dice_(dice) {}

  WalkStep Assign();
  WalkStep Allow();
  WalkStep Review();
  WalkStep Think();
  WalkStep Tell();
  WalkStep Revoke();
  WalkStep AssignObjection();

 private:
  routing::Told AnythingTold(const Id& case_id);

  SimWorld* const world_;
  Dice dice_;
  int told_ = 0;
};

// What is found about an approval on that day; of any kind.
std::string AnyFinding(Dice& dice);

}  // namespace xiufu::simulation
