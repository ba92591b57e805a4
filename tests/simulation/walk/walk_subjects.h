#pragma once

#include <vector>

#include "tests/simulation/walk/walk_feeds.h"

namespace xiufu::simulation {

// The subjects of a walk, and who acts for them here.
class WalkSubjects {
 public:
  WalkSubjects(SimWorld* world, WalkFeeds* feeds, Dice dice)
      : world_(world), feeds_(feeds), dice_(dice) {}

  WalkStep Apply();
  WalkStep Supplement();
  WalkStep Withdraw();
  WalkStep Object();
  WalkStep GiveUpObjection();

 private:
  SimWorld* const world_;
  WalkFeeds* const feeds_;
  Dice dice_;
  std::vector<Id> objections_;
};

}  // namespace xiufu::simulation
