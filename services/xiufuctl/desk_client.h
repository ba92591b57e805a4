#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "xiufu/routing/v1/routing.grpc.pb.h"

namespace xiufu::ctl {

// Routing's desk, as the principal "operator". Calls block for at most 10 s.
class DeskClient {
 public:
  // `target`: host:port of routing; `credentials`: folder with operator.token.
  static absl::StatusOr<DeskClient> Connect(const std::string& target,
                                            const std::string& credentials);

  absl::StatusOr<std::vector<routing::v1::UnassignedCase>> Unassigned() const;
  absl::StatusOr<std::vector<routing::v1::UncountedAnswer>> Uncounted() const;
  absl::Status Assign(const routing::v1::AssignCaseRequest& request) const;
  absl::Status Allow(const routing::v1::AllowSupplementRequest& request) const;

 private:
  explicit DeskClient(std::unique_ptr<routing::v1::RoutingService::Stub> stub)
      : stub_(std::move(stub)) {}

  std::unique_ptr<routing::v1::RoutingService::Stub> stub_;
};

}  // namespace xiufu::ctl
