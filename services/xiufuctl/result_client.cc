#include "services/xiufuctl/result_client.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"

namespace xiufu::ctl {

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
  rpc::SetDeadline(context, absl::Seconds(10));
  ReportResultResponse response;
  const grpc::Status status = stub_->ReportResult(&context, request, &response);
  if (!status.ok()) return rpc::FromGrpc(status);
  return response;
}

}  // namespace xiufu::ctl
