#pragma once

#include <string>
#include <vector>

#include "tests/simulation/sim_world.h"

namespace xiufu::simulation {

// "Published state equals the last valid decision", read from the ledger and from publication.

// At any moment, whatever is on its way: what is published rests on something that was decided or
// reported, and not on a decision that publication knows to be revoked.
std::vector<std::string> PublishedWithoutGround(SimWorld& world);
// When nothing is on its way: each record is as the last decision in the ledger leaves it that was
// neither revoked nor refused by publication; without one, as its authority has reported it, or as
// the calendar says.
std::vector<std::string> PublishedOtherwiseThanDecided(SimWorld& world);

}  // namespace xiufu::simulation
