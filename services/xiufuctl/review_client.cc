#include "services/xiufuctl/review_client.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"

namespace xiufu::ctl {
namespace {

constexpr absl::Duration kReviewLimit = absl::Seconds(10);

}  // namespace

absl::StatusOr<ReviewClient> ReviewClient::Connect(const std::string& target,
                                                   const std::string& credentials) {
  absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  return ReviewClient(routing::v1::ReviewService::NewStub(rpc::NewChannel(target, *token)));
}

absl::StatusOr<std::vector<routing::v1::CaseInPreCheck>> ReviewClient::Waiting() const {
  std::vector<routing::v1::CaseInPreCheck> cases;
  routing::v1::ListReviewsRequest request;
  do {
    grpc::ClientContext context;
    rpc::SetDeadline(context, kReviewLimit);
    routing::v1::ListReviewsResponse page;
    const grpc::Status status = stub_->ListReviews(&context, request, &page);
    if (!status.ok()) return rpc::FromGrpc(status);
    cases.insert(cases.end(), page.cases().begin(), page.cases().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return cases;
}

absl::StatusOr<std::vector<routing::v1::Review>> ReviewClient::Of(const Id& case_id) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kReviewLimit);
  routing::v1::ListReviewsRequest request;
  request.set_case_id(std::string(case_id.bytes()));
  routing::v1::ListReviewsResponse response;
  const grpc::Status status = stub_->ListReviews(&context, request, &response);
  if (!status.ok()) return rpc::FromGrpc(status);
  return std::vector<routing::v1::Review>(response.reviews().begin(), response.reviews().end());
}

absl::Status ReviewClient::Pass(const routing::v1::PassReviewRequest& request) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kReviewLimit);
  routing::v1::PassReviewResponse response;
  return rpc::FromGrpc(stub_->PassReview(&context, request, &response));
}

absl::Status ReviewClient::ReportDefects(const routing::v1::ReportDefectsRequest& request) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kReviewLimit);
  routing::v1::ReportDefectsResponse response;
  return rpc::FromGrpc(stub_->ReportDefects(&context, request, &response));
}

absl::Status ReviewClient::GiveOpinion(const routing::v1::GiveOpinionRequest& request) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kReviewLimit);
  routing::v1::GiveOpinionResponse response;
  return rpc::FromGrpc(stub_->GiveOpinion(&context, request, &response));
}

}  // namespace xiufu::ctl
