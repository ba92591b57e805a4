#pragma once

#include <string>

#include "services/routing/domain/case.h"
#include "tests/simulation/sim_world.h"

namespace xiufu::simulation {

// "Nothing ends by silence": why this end of a case is one that nobody has brought about; empty
// when somebody did. An authority, or who told of it, for a decision or a refusal to accept; the
// applicant for a withdrawal. Only an unanswered request for a supplement closes a case by time,
// and only when that time is over by its calendar, counted here anew.
std::string EndedBySilence(SimWorld& world, const Id& case_id, routing::CaseState end);

}  // namespace xiufu::simulation
