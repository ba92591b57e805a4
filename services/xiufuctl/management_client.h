#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace xiufu::ctl {

// Reads from RabbitMQ's management API.
class ManagementClient {
 public:
  // url: "http://127.0.0.1:15680", without a path.
  ManagementClient(std::string url, std::string user, std::string password);

  // The body of GET <url>/api/<path>. UNAVAILABLE when nobody answers, PERMISSION_DENIED for 401
  // and 403, UNKNOWN for any other status than 200.
  absl::StatusOr<std::string> Get(absl::string_view path) const;

 private:
  const std::string url_;
  const std::string user_;
  const std::string password_;
};

}  // namespace xiufu::ctl
