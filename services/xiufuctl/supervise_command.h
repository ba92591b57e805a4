#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// Clocks, lights, reminders, escalations and supervision orders (督办单) of routing.
CommandFamily SuperviseCommands();

}  // namespace xiufu::ctl
