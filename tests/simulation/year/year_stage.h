#pragma once

#include <cstdint>

#include "tests/simulation/luck.h"
#include "tests/simulation/sim_world.h"
#include "tests/simulation/year/agenda.h"

namespace xiufu::simulation {

// What people did, and what was answered them.
struct YearActs {
  int applications = 0;  // those that an upstream door has pushed among them
  int pushed = 0;
  int joined = 0;       // pushes about a record that has a case already
  int turned_away = 0;  // arrivals with no record that the law of that day lets repair
  int supplements = 0;
  int supplements_too_late = 0;
  int withdrawals = 0;
  int withdrawals_too_late = 0;
  int reviewed = 0;
  int defects = 0;  // told by a reviewer
  int assigned = 0;
  int supplements_allowed = 0;
  int supplements_not_allowed = 0;
  int told_of_upstream = 0;
  int decided_upstream = 0;
  int objections = 0;
  int objections_refused = 0;  // before there was a rule for them, or of a result that there is not
};

// What all who act in a year share.
struct YearStage {
  SimWorld* world = nullptr;
  Agenda* agenda = nullptr;
  YearActs* acts = nullptr;
  uint64_t seed = 0;

  absl::Time Now() const { return world->clock().Now(); }
  Luck LuckOf(const Id& whom, absl::string_view what) const {
    return Luck(seed, whom.bytes(), what);
  }
  // Rather soon, at any time of the day.
  absl::Time Within(Luck& luck, int from_hours, int to_hours) const {
    return Now() + absl::Minutes(luck.Between(from_hours * 60, to_hours * 60));
  }
};

}  // namespace xiufu::simulation
