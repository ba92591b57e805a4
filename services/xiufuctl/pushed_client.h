#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "xiufu/intake/v1/front_door.grpc.pb.h"

namespace xiufu::ctl {

// What upstream doors pushed and no case has yet, as the principal "operator". Calls block for at
// most 10 s.
class PushedClient {
 public:
  // `target`: host:port of intake; `credentials`: folder with operator.token.
  static absl::StatusOr<PushedClient> Connect(const std::string& target,
                                              const std::string& credentials);

  absl::StatusOr<std::vector<intake::v1::ListPushedResponse::Waiting>> List() const;
  absl::StatusOr<intake::v1::PushReceipt> TakeUp(const std::string& name,
                                                 const std::string& record) const;

 private:
  explicit PushedClient(std::unique_ptr<intake::v1::FrontDoorService::Stub> stub)
      : stub_(std::move(stub)) {}

  std::unique_ptr<intake::v1::FrontDoorService::Stub> stub_;
};

}  // namespace xiufu::ctl
