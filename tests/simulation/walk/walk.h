#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/simulation/sim_world.h"
#include "tests/simulation/walk/invariants.h"
#include "tests/simulation/walk/walk_authority.h"
#include "tests/simulation/walk/walk_desk.h"
#include "tests/simulation/walk/walk_door.h"
#include "tests/simulation/walk/walk_feeds.h"
#include "tests/simulation/walk/walk_subjects.h"

namespace xiufu::simulation {

// One small world in which anything is done in any order: what subjects, upstream doors,
// authorities, persons and feeds can do, at wrong moments too; parts of the machinery that work
// while others stand still; messages lost, doubled and late; time that passes with everything still
// on its way, or is set back. Everything follows from the seed. Worlds of odd seeds begin under
// NDRC Order 58, weeks before Order 36 takes its place.
class Walk {
 public:
  Walk(uint64_t seed, const std::string& folder);

  // One step, and everything that must hold after it.
  void Step();
  // Brings everything home, and looks once more.
  void Rest();

  SimWorld& world() { return *world_; }
  Invariants& invariants() { return *invariants_; }
  // The last steps, for whoever looks for a fault.
  const std::vector<std::string>& trail() const { return trail_; }
  // How often each kind of step was taken and not refused.
  const std::map<std::string, int>& taken() const { return taken_; }

 private:
  struct Kind {
    int weight;
    const char* name;
    std::function<WalkStep()> take;
  };
  void WireKinds();
  WalkStep Answer();
  WalkStep Work();
  WalkStep PassTime();
  WalkStep SetClockBack();

  Random random_;
  Dice dice_{&random_};
  std::vector<WalkAuthority*> authorities_;
  std::unique_ptr<SimWorld> world_;
  std::unique_ptr<Invariants> invariants_;
  std::unique_ptr<WalkFeeds> feeds_;
  std::unique_ptr<WalkSubjects> subjects_;
  std::unique_ptr<WalkDesk> desk_;
  std::unique_ptr<WalkDoor> door_;
  std::vector<Kind> kinds_;
  int weights_ = 0;
  std::vector<std::string> trail_;
  std::map<std::string, int> taken_;
};

}  // namespace xiufu::simulation
