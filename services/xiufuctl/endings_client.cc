#include "services/xiufuctl/endings_client.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"

namespace xiufu::ctl {
namespace {

constexpr absl::Duration kLimit = absl::Seconds(10);

}  // namespace

absl::StatusOr<EndingsClient> EndingsClient::Connect(const std::string& target,
                                                     const std::string& credentials) {
  absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  return EndingsClient(
      publication::v1::PublicationService::NewStub(rpc::NewChannel(target, *token)));
}

absl::StatusOr<std::vector<publication::v1::RefusedEnding>> EndingsClient::List() const {
  std::vector<publication::v1::RefusedEnding> endings;
  publication::v1::ListRefusedEndingsRequest request;
  do {
    grpc::ClientContext context;
    rpc::SetDeadline(context, kLimit);
    publication::v1::ListRefusedEndingsResponse page;
    const grpc::Status status = stub_->ListRefusedEndings(&context, request, &page);
    if (!status.ok()) return rpc::FromGrpc(status);
    endings.insert(endings.end(), page.endings().begin(), page.endings().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return endings;
}

absl::Status EndingsClient::CarryOut(const Id& decision, const std::string& reason) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kLimit);
  publication::v1::CarryOutEndingRequest request;
  request.set_decision(std::string(decision.bytes()));
  request.set_reason(reason);
  publication::v1::CarryOutEndingResponse response;
  return rpc::FromGrpc(stub_->CarryOutEnding(&context, request, &response));
}

}  // namespace xiufu::ctl
