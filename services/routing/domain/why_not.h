#pragma once

#include <string>

#include "services/routing/domain/case.h"
#include "services/routing/domain/case_input.h"
#include "services/routing/domain/transition.h"

namespace xiufu::routing {

// Why an input does not count (kRecord) or cannot be (kConflict); for people, Chinese first.
std::string WhyNot(const Case& kase, const CaseInput& input, Meaning meaning);

}  // namespace xiufu::routing
