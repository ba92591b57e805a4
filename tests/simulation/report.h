#pragma once

#include "absl/status/status.h"
#include "libs/feed/record_content.h"
#include "tests/simulation/sim_world.h"

namespace xiufu::simulation {

// Publication is told today what an authority did with a record by itself; also how the decision of
// another system arrives (移出).
absl::Status ReportByAuthority(SimWorld& world, const Id& record, feed::Reported::Kind kind);

}  // namespace xiufu::simulation
