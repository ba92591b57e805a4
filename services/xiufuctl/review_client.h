#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/base/id.h"
#include "xiufu/routing/v1/review.grpc.pb.h"

namespace xiufu::ctl {

// Routing's pre-check, as the principal "operator". Calls block for at most 10 s.
class ReviewClient {
 public:
  // `target`: host:port of routing; `credentials`: folder with operator.token.
  static absl::StatusOr<ReviewClient> Connect(const std::string& target,
                                              const std::string& credentials);

  absl::StatusOr<std::vector<routing::v1::CaseInPreCheck>> Waiting() const;
  absl::StatusOr<std::vector<routing::v1::Review>> Of(const Id& case_id) const;
  absl::Status Pass(const routing::v1::PassReviewRequest& request) const;
  absl::Status ReportDefects(const routing::v1::ReportDefectsRequest& request) const;
  absl::Status GiveOpinion(const routing::v1::GiveOpinionRequest& request) const;

 private:
  explicit ReviewClient(std::unique_ptr<routing::v1::ReviewService::Stub> stub)
      : stub_(std::move(stub)) {}

  std::unique_ptr<routing::v1::ReviewService::Stub> stub_;
};

}  // namespace xiufu::ctl
