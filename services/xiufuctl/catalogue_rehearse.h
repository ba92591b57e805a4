#pragma once

#include "services/xiufuctl/arguments.h"

namespace xiufu::ctl {

// catalogue rehearse NEW --against COPY [--against COPY] [--on DATE] [--json] [--old DIR]
// [--calendars DIR] [--authorities DIR]: the exit code.
int RehearseCatalogue(const Arguments& args);

}  // namespace xiufu::ctl
