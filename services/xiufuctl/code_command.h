#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// xiufuctl code check CODE...
CommandFamily CodeCommands();

}  // namespace xiufu::ctl
