#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "libs/base/random_ids.h"
#include "libs/base/status.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "services/routing/drivers/routing_service.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/routing_rig.h"

namespace xiufu::routing {

// One of routing's services over a real socket, on the store that a rig has left.
class RoutingRpc {
 public:
  using Factory = std::unique_ptr<grpc::Service> (*)(const ServiceParts& parts);
  RoutingRpc(const std::string& store, Factory factory, catalogue::LawSnapshot law, absl::Time now,
             const std::vector<std::string>& principals)
      : clock_(now), law_(std::move(law)) {
    tokens_ = *rpc::Tokens::LoadOrCreate(folder_.path(), principals);
    database_ =
        *storage::Database::Open({.path = store, .service = "routing"}, Migrations(), &clock_);
    database_->Start();
    service_ = factory({database_.get(), &clock_, &ids_, &law_, "key"});
    server_ = *rpc::Server::Start({.listen = "127.0.0.1:0", .tokens = &tokens_}, {service_.get()});
    server_->SetServing(true);
  }
  ~RoutingRpc() {
    server_->Shutdown(absl::Seconds(1));
    database_->Stop();
  }

  template <typename Service, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Service::*method)(grpc::ClientContext*,
                                                                const Request&, Response*),
                                const Request& request, const std::string& principal) {
    Service stub(
        rpc::NewChannel(absl::StrCat("127.0.0.1:", server_->port()), *tokens_.TokenOf(principal)));
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(10));
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }
  ManualClock& clock() { return clock_; }
  int port() const { return server_->port(); }
  std::string credentials() const { return folder_.path(); }

 private:
  TempFolder folder_;
  ManualClock clock_;
  RandomIds ids_;
  catalogue::LawInForce law_;
  rpc::Tokens tokens_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<grpc::Service> service_;
  std::unique_ptr<rpc::Server> server_;
};

inline std::vector<std::string> FieldsWrong(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const Violation& wrong : ViolationsOf(status)) fields.push_back(wrong.field);
  return fields;
}

}  // namespace xiufu::routing
