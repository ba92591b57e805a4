#pragma once

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// Who was told how a record can be repaired (信用修复告知书), and who could apply and has not.
CommandFamily NoticeCommands();

}  // namespace xiufu::ctl
