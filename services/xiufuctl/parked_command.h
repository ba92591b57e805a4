#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// xiufuctl parked list|replay|discard: what waits in a service's store, and what to do about it.
CommandFamily ParkedCommands();

}  // namespace xiufu::ctl
