#pragma once

#include <optional>

#include "absl/time/civil_time.h"
#include "services/xiufuctl/arguments.h"

namespace xiufu::ctl {

// catalogue rehearse NEW --against COPY [--against COPY] [--on DATE] [--json] [--old DIR]
// [--calendars DIR] [--authorities DIR]: the exit code. `on`: the day of --on.
int RehearseCatalogue(const Arguments& args, std::optional<absl::CivilDay> on);

}  // namespace xiufu::ctl
