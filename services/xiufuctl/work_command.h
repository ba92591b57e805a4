#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// Work lists of authorities (在办清单).
CommandFamily WorkCommands();

}  // namespace xiufu::ctl
