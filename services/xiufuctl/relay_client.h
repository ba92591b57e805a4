#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "xiufu/routing/v1/relay.grpc.pb.h"

namespace xiufu::ctl {

// Routing's cases in other systems, as the principal "operator". Calls block for at most 10 s.
class RelayClient {
 public:
  // `target`: host:port of routing; `credentials`: folder with operator.token.
  static absl::StatusOr<RelayClient> Connect(const std::string& target,
                                             const std::string& credentials);

  absl::StatusOr<std::vector<routing::v1::RelayedCase>> List() const;
  absl::Status Tell(const routing::v1::TellRelayedRequest& request) const;

 private:
  explicit RelayClient(std::unique_ptr<routing::v1::RelayService::Stub> stub)
      : stub_(std::move(stub)) {}

  std::unique_ptr<routing::v1::RelayService::Stub> stub_;
};

}  // namespace xiufu::ctl
