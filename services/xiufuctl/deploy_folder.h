#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace xiufu::ctl {

// The folder of rules, calendars and authorities ("deploy" of the source tree) that a command reads
// when it is told none: above the program, as in a checkout or an installation. NOT_FOUND names the
// option that helps.
absl::StatusOr<std::string> DeployFolder();

// `given`, or `name` in the deploy folder when it is empty.
absl::StatusOr<std::string> DataFolder(const std::string& given, const std::string& name);

}  // namespace xiufu::ctl
