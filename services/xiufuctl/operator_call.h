#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "services/xiufuctl/service_address.h"

namespace xiufu::ctl {

// To `address`, as the principal `principal`: its token is in the folder of credentials.
absl::StatusOr<std::shared_ptr<grpc::Channel>> ChannelTo(const ServiceAddress& address,
                                                         const std::string& principal = "operator");

// One gRPC service of one of ours, as the operator calls it. Calls block for at most 10 s.
template <typename Service>
class Operator {
 public:
  using Stub = typename Service::Stub;
  template <typename Request, typename Response>
  using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);

  // Where the options say (AddressOf), or where `service` is by its configuration.
  static absl::StatusOr<Operator> Of(const Arguments& args, const std::string& service,
                                     const std::string& principal = "operator") {
    const absl::StatusOr<ServiceAddress> address = AddressOf(args, service);
    if (!address.ok()) return address.status();
    absl::StatusOr<std::shared_ptr<grpc::Channel>> channel = ChannelTo(*address, principal);
    if (!channel.ok()) return channel.status();
    return Operator(Service::NewStub(*channel));
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(Method<Request, Response> method, const Request& request) const {
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(10));
    Response response;
    const grpc::Status status = (stub_.get()->*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  // `take` sees every page of a list, in order.
  template <typename Request, typename Response, typename Take>
  absl::Status EachPage(Method<Request, Response> method, Request request, Take take) const {
    do {
      const absl::StatusOr<Response> page = Call(method, request);
      if (!page.ok()) return page.status();
      take(*page);
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return absl::OkStatus();
  }

  // All of a list; `rows` gives those of one page.
  template <typename Request, typename Response, typename Rows>
  auto All(Method<Request, Response> method, const Request& request, Rows rows) const {
    using Row = typename std::decay_t<std::invoke_result_t<Rows, const Response&>>::value_type;
    std::vector<Row> all;
    const absl::Status status = EachPage(method, request, [&](const Response& page) {
      all.insert(all.end(), rows(page).begin(), rows(page).end());
    });
    return status.ok() ? absl::StatusOr<std::vector<Row>>(std::move(all))
                       : absl::StatusOr<std::vector<Row>>(status);
  }

 private:
  explicit Operator(std::unique_ptr<Stub> stub) : stub_(std::move(stub)) {}

  std::unique_ptr<Stub> stub_;
};

}  // namespace xiufu::ctl
