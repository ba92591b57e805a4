#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// xiufuctl result report | withdrawals
CommandFamily ResultCommands();

}  // namespace xiufu::ctl
