#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace grpc {
class Service;
}

namespace xiufu::rpc {

// Bearer tokens by principal: one file <principal>.token per caller, 32 random bytes in base64url,
// mode 0600. Missing ones are made (safe when several services start at once); a file that others
// can read is an error.
class Tokens {
 public:
  static absl::StatusOr<Tokens> LoadOrCreate(const std::string& folder,
                                             const std::vector<std::string>& principals);
  // Empty when no principal has this token. Compares in constant time.
  std::string PrincipalFor(const std::string& token) const;
  // Of one principal that was asked for.
  absl::StatusOr<std::string> TokenOf(const std::string& principal) const;

 private:
  std::vector<std::pair<std::string, std::string>> by_principal_;
};

// A gRPC server with what every surface of ours has: principals (UNAUTHENTICATED without one),
// required deadlines of at most 60 s for unary calls (streams that watch are exempt; see
// server.cc), health, reflection, message limits, keepalive enforcement, connection age.
class Server {
 public:
  struct Options {
    std::string listen;
    const Tokens* tokens = nullptr;
    int max_receive_bytes = 1 << 20;
  };
  static absl::StatusOr<std::unique_ptr<Server>> Start(const Options& options,
                                                       const std::vector<grpc::Service*>& services);
  ~Server();
  void SetServing(bool serving);
  // NOT_SERVING, then no new calls; running ones may take until `grace`.
  void Shutdown(absl::Duration grace);
  int port() const;

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace xiufu::rpc
