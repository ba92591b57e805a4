#include "libs/rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>

#include <utility>

#include "absl/base/call_once.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/rpc/doorkeeper.h"

namespace xiufu::rpc {
namespace {

using std::chrono::milliseconds;

int Millis(absl::Duration duration) {
  return static_cast<int>(absl::ToInt64Milliseconds(duration));
}

void EnablePlugins() {
  static absl::once_flag once;
  absl::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
}

void SetLimits(const Server::Options& options, grpc::ServerBuilder* builder) {
  builder->SetMaxReceiveMessageSize(options.max_receive_bytes);
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);  // a second instance must fail
  builder->AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 1000);
  builder->AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 8 * 1024);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, Millis(absl::Minutes(1)));
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Millis(absl::Seconds(20)));
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder->AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                              Millis(absl::Seconds(10)));
  // Clients come back on a new connection; calls on the old one, watches too, may end in their own
  // time: no grace is set, which means for ever.
  builder->AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, Millis(absl::Minutes(30)));
}

// "Local" admits connections from this machine only; others come through a proxy on it. It is also
// what lets the doorkeeper stand in front of every call without TLS.
std::shared_ptr<grpc::ServerCredentials> GuardedCredentials(const Tokens* tokens) {
  auto credentials = grpc::experimental::LocalServerCredentials(LOCAL_TCP);
  credentials->SetAuthMetadataProcessor(NewDoorkeeper(tokens));
  return credentials;
}

void AddInterceptors(const Tokens* tokens, grpc::ServerBuilder* builder) {
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> creators;
  creators.push_back(NewPrincipalNamer(tokens));
  creators.push_back(NewMalformedRefuser());
  builder->experimental().SetInterceptorCreators(std::move(creators));
}

}  // namespace

class Server::Impl {
 public:
  Impl(std::unique_ptr<grpc::Server> server, int port) : server_(std::move(server)), port_(port) {}

  void SetServing(bool serving) { server_->GetHealthCheckService()->SetServingStatus(serving); }

  void Shutdown(absl::Duration grace) {
    if (server_ == nullptr) return;
    server_->GetHealthCheckService()->SetServingStatus(false);
    server_->Shutdown(std::chrono::system_clock::now() + milliseconds(Millis(grace)));
    server_->Wait();
    server_.reset();
  }

  int port() const { return port_; }

 private:
  std::unique_ptr<grpc::Server> server_;
  const int port_;
};

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const Options& options,
                                                      const std::vector<grpc::Service*>& services) {
  EnablePlugins();
  grpc::ServerBuilder builder;
  SetLimits(options, &builder);
  AddInterceptors(options.tokens, &builder);
  int port = 0;
  builder.AddListeningPort(options.listen, GuardedCredentials(options.tokens), &port);
  for (grpc::Service* service : services) builder.RegisterService(service);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", options.listen));
  }
  auto impl = std::make_unique<Impl>(std::move(server), port);
  impl->SetServing(false);
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() { Shutdown(absl::ZeroDuration()); }
void Server::SetServing(bool serving) { impl_->SetServing(serving); }
void Server::Shutdown(absl::Duration grace) { impl_->Shutdown(grace); }
int Server::port() const { return impl_->port(); }

}  // namespace xiufu::rpc
