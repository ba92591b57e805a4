#include "services/xiufuctl/waiting_client.h"

#include <grpcpp/grpcpp.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"

namespace xiufu::ctl {
namespace {

using WaitingStub = stream::v1::WaitingService::Stub;

template <typename Request, typename Response>
absl::Status CallWaiting(WaitingStub& stub,
                         grpc::Status (WaitingStub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                         const Request& request, Response* response) {
  grpc::ClientContext context;
  rpc::SetDeadline(context, absl::Seconds(10));
  return rpc::FromGrpc((stub.*method)(&context, request, response));
}

template <typename Request>
void SetWhat(const WaitingClient::What& what, Request* request) {
  if (const auto* event = std::get_if<int64_t>(&what)) {
    request->set_id(*event);
  } else {
    request->set_job(std::string(std::get<Id>(what).bytes()));
  }
}

}  // namespace

absl::StatusOr<WaitingClient> WaitingClient::Connect(const std::string& target,
                                                     const std::string& credentials) {
  absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  return WaitingClient(stream::v1::WaitingService::NewStub(rpc::NewChannel(target, *token)));
}

absl::StatusOr<std::vector<stream::v1::WaitingMessage>> WaitingClient::List(
    stream::v1::WaitingState state) const {
  std::vector<stream::v1::WaitingMessage> messages;
  stream::v1::ListWaitingRequest request;
  request.set_page_size(1000);
  request.set_state(state);
  do {
    stream::v1::ListWaitingResponse page;
    absl::Status status = CallWaiting(*stub_, &WaitingStub::ListWaiting, request, &page);
    if (!status.ok()) return status;
    messages.insert(messages.end(), page.messages().begin(), page.messages().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return messages;
}

absl::Status WaitingClient::Replay(const What& what) const {
  stream::v1::ReplayParkedRequest request;
  stream::v1::ReplayParkedResponse response;
  SetWhat(what, &request);
  return CallWaiting(*stub_, &WaitingStub::ReplayParked, request, &response);
}

absl::Status WaitingClient::Discard(const What& what, const std::string& reason) const {
  stream::v1::DiscardParkedRequest request;
  stream::v1::DiscardParkedResponse response;
  SetWhat(what, &request);
  request.set_reason(reason);
  return CallWaiting(*stub_, &WaitingStub::DiscardParked, request, &response);
}

}  // namespace xiufu::ctl
