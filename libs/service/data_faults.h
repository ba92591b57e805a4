#pragma once

#include "absl/status/status.h"
#include "libs/observability/log.h"

namespace xiufu::service {

// One line of the log for each fault of data that were not loaded: lines of the message are
// "file:line: what", about the installation's own files.
void LogDataFaults(observability::StaticText event, const absl::Status& status);

}  // namespace xiufu::service
