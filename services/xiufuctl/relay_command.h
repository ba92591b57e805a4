#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// Cases that are decided in another system: what was filed there and what came of it.
CommandFamily RelayCommands();

}  // namespace xiufu::ctl
