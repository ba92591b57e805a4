#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// xiufuctl calendar due START N | calendar due --csv FILE
CommandFamily CalendarCommands();

}  // namespace xiufu::ctl
