#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// The pre-check of completeness (预审).
CommandFamily ReviewCommands();

}  // namespace xiufu::ctl
