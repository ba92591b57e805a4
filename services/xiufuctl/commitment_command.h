#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// Credit commitments (信用承诺) as they are published.
CommandFamily CommitmentCommands();

}  // namespace xiufu::ctl
