#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// How applicants found it.
CommandFamily RatingCommands();

}  // namespace xiufu::ctl
