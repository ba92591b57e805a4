#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// xiufuctl catalogue check | explain | confirm
CommandFamily CatalogueCommands();

}  // namespace xiufu::ctl
