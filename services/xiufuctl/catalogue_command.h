#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// xiufuctl catalogue check | explain | guide | confirm
CommandFamily CatalogueCommands();

}  // namespace xiufu::ctl
