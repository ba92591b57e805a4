#include "services/xiufuctl/result_client.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"

namespace xiufu::ctl {
namespace {

constexpr absl::Duration kAnswerWithin = absl::Seconds(10);

}  // namespace

using publication::v1::ReportResultResponse;

absl::StatusOr<ResultClient> ResultClient::Connect(const std::string& target,
                                                   const std::string& credentials) {
  absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  return ResultClient(
      publication::v1::PublicationService::NewStub(rpc::NewChannel(target, *token)));
}

absl::StatusOr<ReportResultResponse> ResultClient::Report(
    const publication::v1::ReportResultRequest& request) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kAnswerWithin);
  ReportResultResponse response;
  const grpc::Status status = stub_->ReportResult(&context, request, &response);
  if (!status.ok()) return rpc::FromGrpc(status);
  return response;
}

absl::Status ResultClient::ForEachWithdrawal(absl::FunctionRef<void(const Withdrawn&)> take) const {
  publication::v1::ListWithdrawalsRequest request;
  do {
    grpc::ClientContext context;
    rpc::SetDeadline(context, kAnswerWithin);
    publication::v1::ListWithdrawalsResponse page;
    const grpc::Status status = stub_->ListWithdrawals(&context, request, &page);
    if (!status.ok()) return rpc::FromGrpc(status);
    for (const Withdrawn& withdrawn : page.withdrawals()) take(withdrawn);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

}  // namespace xiufu::ctl
