#pragma once

#include "services/xiufuctl/arguments.h"

namespace xiufu::ctl {

// Prints the due dates that moved with another calendar, as routing tells them. The exit code.
int ListDueMoves(const Arguments& args);

}  // namespace xiufu::ctl
