#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// What upstream doors pushed and no case has yet.
CommandFamily PushedCommands();

}  // namespace xiufu::ctl
