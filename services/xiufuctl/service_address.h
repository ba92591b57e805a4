#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/xiufuctl/arguments.h"

namespace xiufu::ctl {

// What WHERE stands for in the usage of the families.
inline constexpr char kWhereUsage[] =
    "  WHERE: --config DIR, var/config | --target HOST:PORT [--credentials DIR, var/credentials]\n"
    "                       到哪里找服务：配置目录，或地址和凭证目录 / where the services are\n";

// Where a service is called, and with what.
struct ServiceAddress {
  std::string target;       // host:port
  std::string credentials;  // folder with operator.token
};

// Of `service`: --target HOST:PORT with --credentials DIR, else by its configuration in --config
// DIR. NOT_FOUND names the services that there are.
absl::StatusOr<ServiceAddress> AddressOf(const Arguments& args, const std::string& service);

}  // namespace xiufu::ctl
