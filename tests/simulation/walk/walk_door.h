#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/simulation/walk/walk_feeds.h"

namespace xiufu::simulation {

// 信用中国 in a walk: pushes anything, twice, papers late or never, supplements that nobody asked
// for.
class WalkDoor {
 public:
  WalkDoor(SimWorld* world, WalkFeeds* feeds, Dice dice)
      : world_(world), feeds_(feeds), dice_(dice) {}

  WalkStep Push();
  WalkStep SendPapers();
  WalkStep Supplement();
  WalkStep Withdraw();
  // A person says which record a push is about.
  WalkStep TakeUp();

 private:
  struct Pushed {
    std::string number;
    SimDoor::About about;
    absl::Time at;
  };

  SimWorld* const world_;
  WalkFeeds* const feeds_;
  Dice dice_;
  std::vector<Pushed> pushed_;
};

}  // namespace xiufu::simulation
