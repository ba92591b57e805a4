#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// xiufuctl topology print|check
CommandFamily TopologyCommands();

}  // namespace xiufu::ctl
