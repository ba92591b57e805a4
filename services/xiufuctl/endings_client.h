#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/base/id.h"
#include "xiufu/publication/v1/publication.grpc.pb.h"

namespace xiufu::ctl {

// Publication's refused endings, as the principal "operator". Calls block for at most 10 s.
class EndingsClient {
 public:
  // `target`: host:port of publication; `credentials`: folder with operator.token.
  static absl::StatusOr<EndingsClient> Connect(const std::string& target,
                                               const std::string& credentials);

  absl::StatusOr<std::vector<publication::v1::RefusedEnding>> List() const;
  absl::Status CarryOut(const Id& decision, const std::string& reason) const;

 private:
  explicit EndingsClient(std::unique_ptr<publication::v1::PublicationService::Stub> stub)
      : stub_(std::move(stub)) {}

  std::unique_ptr<publication::v1::PublicationService::Stub> stub_;
};

}  // namespace xiufu::ctl
