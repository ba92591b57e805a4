#pragma once

#include <memory>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "xiufu/publication/v1/publication.grpc.pb.h"

namespace xiufu::ctl {

// Results that authorities reached by themselves, told to publication as the principal "operator".
class ResultClient {
 public:
  // `target`: host:port of publication; `credentials`: folder with operator.token.
  static absl::StatusOr<ResultClient> Connect(const std::string& target,
                                              const std::string& credentials);

  // Blocks for at most 10 s.
  absl::StatusOr<publication::v1::ReportResultResponse> Report(
      const publication::v1::ReportResultRequest& request) const;
  using Withdrawn = publication::v1::ListWithdrawalsResponse::Withdrawn;
  // In the order in which they were withdrawn, page by page.
  absl::Status ForEachWithdrawal(absl::FunctionRef<void(const Withdrawn&)> take) const;

 private:
  explicit ResultClient(std::unique_ptr<publication::v1::PublicationService::Stub> stub)
      : stub_(std::move(stub)) {}

  std::unique_ptr<publication::v1::PublicationService::Stub> stub_;
};

}  // namespace xiufu::ctl
