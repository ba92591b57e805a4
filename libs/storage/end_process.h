#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace xiufu::storage {

// Ends the process at once, after one line to stderr: the disk has failed in a way that leaves the
// outcome of the last commit unknown, and only opening the store again tells. Exit status 74
// (EX_IOERR).
[[noreturn]] void EndProcess(absl::string_view store, absl::string_view step,
                             const absl::Status& why);

}  // namespace xiufu::storage
