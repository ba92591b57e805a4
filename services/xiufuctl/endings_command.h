#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// xiufuctl endings list | carry-out
CommandFamily EndingsCommands();

}  // namespace xiufu::ctl
