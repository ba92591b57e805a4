#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// What applicants were told without asking.
CommandFamily NotifyCommands();

}  // namespace xiufu::ctl
