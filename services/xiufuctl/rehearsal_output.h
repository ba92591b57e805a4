#pragma once

#include <string>

#include "services/xiufuctl/rehearsal.h"

namespace xiufu::ctl {

// A table of counts, then a line for each difference, its columns separated by tabs.
std::string RehearsalText(const Rehearsal& rehearsal, const RehearsalLaws& laws);

// The same as one JSON object.
std::string RehearsalJson(const Rehearsal& rehearsal, const RehearsalLaws& laws);

}  // namespace xiufu::ctl
