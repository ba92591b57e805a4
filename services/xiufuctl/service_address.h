#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/xiufuctl/arguments.h"

namespace xiufu::ctl {

// Where a service is called, and with what.
struct ServiceAddress {
  std::string target;       // host:port
  std::string credentials;  // folder with operator.token
};

// --service NAME [--config DIR, var/config] | --target HOST:PORT [--credentials DIR]. NOT_FOUND
// names the services that there are.
absl::StatusOr<ServiceAddress> AddressOf(const Arguments& args);

// Of a service by the folder of its configuration.
absl::StatusOr<ServiceAddress> AddressOf(const std::string& config, const std::string& service);

}  // namespace xiufu::ctl
