#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/department_adapter/drivers/http_api.h"

namespace xiufu::department {

// The door for authorities: HTTP/1.1 over HttpApi, each request with its authority's bearer token.
// One request a connection; bodies of at most 256 KiB whose length is told before them. Who sends
// slowly or without end holds a thread for seconds at most; TLS is the reverse proxy's.
class HttpServer {
 public:
  struct Options {
    std::string listen;                                       // host:port; port 0 takes a free one
    std::vector<std::pair<std::string, std::string>> tokens;  // authority code, its token
  };
  // UNAVAILABLE when the address cannot be bound. `api` outlives the server.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(const Options& options,
                                                           const HttpApi* api);
  ~HttpServer();
  // Lets running requests end, takes no new ones; what is not yet read whole is given up.
  // Idempotent.
  void Stop();
  int port() const;

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace xiufu::department
