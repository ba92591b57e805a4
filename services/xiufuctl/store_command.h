#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// xiufuctl store restore --from COPY --to STORE
CommandFamily StoreCommands();

}  // namespace xiufu::ctl
