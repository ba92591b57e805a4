#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"
#include "services/xiufuctl/service_address.h"

namespace xiufu::ctl {

// A stub of one of a service's gRPC services, called as the principal "operator".
template <typename Service>
absl::StatusOr<std::unique_ptr<typename Service::Stub>> OperatorStub(const std::string& config,
                                                                     const std::string& service) {
  absl::StatusOr<ServiceAddress> address = AddressOf(config, service);
  if (!address.ok()) return address.status();
  absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(address->credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  return Service::NewStub(rpc::NewChannel(address->target, *token));
}

// One call, for at most 10 s.
template <typename Response, typename Stub, typename Request>
absl::StatusOr<Response> CallOnce(Stub& stub,
                                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                               Response*),
                                  const Request& request) {
  grpc::ClientContext context;
  rpc::SetDeadline(context, absl::Seconds(10));
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return rpc::FromGrpc(status);
  return response;
}

// All pages of a list; `rows` gives those of one.
template <typename Row, typename Response, typename Stub, typename Request, typename Rows>
absl::StatusOr<std::vector<Row>> ListAll(Stub& stub,
                                         grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                      const Request&, Response*),
                                         Request request, Rows rows) {
  std::vector<Row> all;
  do {
    absl::StatusOr<Response> page = CallOnce<Response>(stub, method, request);
    if (!page.ok()) return page.status();
    for (const Row& row : rows(*page)) all.push_back(row);
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return all;
}

}  // namespace xiufu::ctl
