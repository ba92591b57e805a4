#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// What a clerk does at a window, and who acts for many.
CommandFamily WindowCommands();

}  // namespace xiufu::ctl
