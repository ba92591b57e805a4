#include "services/xiufuctl/relay_client.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"

namespace xiufu::ctl {
namespace {

constexpr absl::Duration kRelayLimit = absl::Seconds(10);

}  // namespace

absl::StatusOr<RelayClient> RelayClient::Connect(const std::string& target,
                                                 const std::string& credentials) {
  absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  return RelayClient(routing::v1::RelayService::NewStub(rpc::NewChannel(target, *token)));
}

absl::StatusOr<std::vector<routing::v1::RelayedCase>> RelayClient::List() const {
  std::vector<routing::v1::RelayedCase> cases;
  routing::v1::ListRelayedCasesRequest request;
  do {
    grpc::ClientContext context;
    rpc::SetDeadline(context, kRelayLimit);
    routing::v1::ListRelayedCasesResponse page;
    const grpc::Status status = stub_->ListRelayedCases(&context, request, &page);
    if (!status.ok()) return rpc::FromGrpc(status);
    cases.insert(cases.end(), page.cases().begin(), page.cases().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return cases;
}

absl::Status RelayClient::Tell(const routing::v1::TellRelayedRequest& request) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kRelayLimit);
  routing::v1::TellRelayedResponse response;
  return rpc::FromGrpc(stub_->TellRelayed(&context, request, &response));
}

}  // namespace xiufu::ctl
