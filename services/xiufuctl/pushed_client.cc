#include "services/xiufuctl/pushed_client.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"

namespace xiufu::ctl {
namespace {

constexpr absl::Duration kPushedLimit = absl::Seconds(10);

}  // namespace

absl::StatusOr<PushedClient> PushedClient::Connect(const std::string& target,
                                                   const std::string& credentials) {
  absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  return PushedClient(intake::v1::FrontDoorService::NewStub(rpc::NewChannel(target, *token)));
}

absl::StatusOr<std::vector<intake::v1::ListPushedResponse::Waiting>> PushedClient::List() const {
  std::vector<intake::v1::ListPushedResponse::Waiting> pushed;
  intake::v1::ListPushedRequest request;
  do {
    grpc::ClientContext context;
    rpc::SetDeadline(context, kPushedLimit);
    intake::v1::ListPushedResponse page;
    const grpc::Status status = stub_->ListPushed(&context, request, &page);
    if (!status.ok()) return rpc::FromGrpc(status);
    pushed.insert(pushed.end(), page.pushed().begin(), page.pushed().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return pushed;
}

absl::StatusOr<intake::v1::PushReceipt> PushedClient::TakeUp(const std::string& name,
                                                             const std::string& record) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kPushedLimit);
  intake::v1::TakeUpPushedRequest request;
  request.set_name(name);
  request.set_record(record);
  intake::v1::PushReceipt receipt;
  const grpc::Status status = stub_->TakeUpPushed(&context, request, &receipt);
  if (!status.ok()) return rpc::FromGrpc(status);
  return receipt;
}

}  // namespace xiufu::ctl
