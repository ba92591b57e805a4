#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// Cases that nobody has, and answers that do not count.
CommandFamily DeskCommands();

}  // namespace xiufu::ctl
