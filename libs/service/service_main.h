#pragma once

#include <string>

#include "absl/status/status.h"

namespace xiufu::service {

// main() of a service, "PROGRAM --config FILE.toml": 0 after an orderly end, 1 with a line on
// stderr when `run` failed, 2 for other words.
int ServiceMain(int argc, char** argv, const char* program,
                absl::Status (*run)(const std::string& config));

}  // namespace xiufu::service
