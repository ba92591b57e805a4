#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/base/id.h"
#include "xiufu/stream/v1/stream.grpc.pb.h"

namespace xiufu::ctl {

// A service's WaitingService, called as the principal "operator". Calls block for at most 10 s.
class WaitingClient {
 public:
  // `target`: host:port; `credentials`: folder with operator.token.
  static absl::StatusOr<WaitingClient> Connect(const std::string& target,
                                               const std::string& credentials);

  // Everything in a state, page after page; unspecified: everything that waits.
  absl::StatusOr<std::vector<stream::v1::WaitingMessage>> List(
      stream::v1::WaitingState state) const;
  // `what`: the number of an event, or the id of a call.
  using What = std::variant<int64_t, Id>;
  absl::Status Replay(const What& what) const;
  absl::Status Discard(const What& what, const std::string& reason) const;

 private:
  explicit WaitingClient(std::unique_ptr<stream::v1::WaitingService::Stub> stub)
      : stub_(std::move(stub)) {}

  std::unique_ptr<stream::v1::WaitingService::Stub> stub_;
};

}  // namespace xiufu::ctl
