#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// xiufuctl import FILE
CommandFamily ImportCommands();

}  // namespace xiufu::ctl
