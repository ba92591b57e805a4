// The floor of scripts/bench chain: the least that seven durable hops can cost. Run once per role:
//   xiufu-floor --role=intake --store=FILE --queue=floor.intake --port=5680 --user=U
//   --password_file=F [--listen=H:P]
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <map>
#include <memory>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "libs/base/system_clock.h"
#include "libs/service/config.h"
#include "libs/service/signals.h"
#include "tests/bench/floor.grpc.pb.h"
#include "tests/bench/floor/station.h"

ABSL_FLAG(std::string, role, "", "intake, routing, adapter, result or publication");
ABSL_FLAG(std::string, store, "", "SQLite file; created");
ABSL_FLAG(std::string, queue, "", "queue to consume");
ABSL_FLAG(std::string, vhost, "floor", "broker vhost");
ABSL_FLAG(int, port, 5680, "broker port on 127.0.0.1");
ABSL_FLAG(std::string, user, "", "broker user");
ABSL_FLAG(std::string, password_file, "", "file with its password");
ABSL_FLAG(std::string, listen, "", "gRPC address (intake only)");

namespace xiufu::bench {
namespace {

class FloorService final : public v1::Floor::CallbackService {
 public:
  explicit FloorService(Station* station) : station_(station) {}

  grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context,
                                   const v1::SubmitRequest* request, v1::SubmitResponse*) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    std::array<char, 16> id{};
    request->id().copy(id.data(), id.size());
    station_->Submit(id, [reactor] { reactor->Finish(grpc::Status::OK); });
    return reactor;
  }

 private:
  Station* const station_;
};

int Run() {
  service::Signals signals;
  const std::map<std::string, Role> roles = {{"intake", Role::kIntake},
                                             {"routing", Role::kRouting},
                                             {"adapter", Role::kAdapter},
                                             {"result", Role::kResult},
                                             {"publication", Role::kPublication}};
  auto role = roles.find(absl::GetFlag(FLAGS_role));
  absl::StatusOr<std::string> password =
      service::ReadSecretFile(absl::GetFlag(FLAGS_password_file));
  if (role == roles.end() || !password.ok()) {
    fprintf(stderr, "floor: bad --role or --password_file\n");
    return 2;
  }
  messaging::BrokerOptions broker;
  broker.port = static_cast<uint16_t>(absl::GetFlag(FLAGS_port));
  broker.vhost = absl::GetFlag(FLAGS_vhost);
  broker.user = absl::GetFlag(FLAGS_user);
  broker.password = *password;
  SystemClock clock;
  Station station(role->second, absl::GetFlag(FLAGS_queue), broker, absl::GetFlag(FLAGS_store),
                  &clock);
  FloorService floor(&station);
  std::unique_ptr<grpc::Server> server;
  if (!absl::GetFlag(FLAGS_listen).empty()) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort(absl::GetFlag(FLAGS_listen), grpc::InsecureServerCredentials());
    builder.RegisterService(&floor);
    server = builder.BuildAndStart();
    if (server == nullptr) return 1;
  }
  while (signals.Next() != service::Signals::Kind::kStop) {
  }
  if (server != nullptr) server->Shutdown();
  return 0;
}

}  // namespace
}  // namespace xiufu::bench

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return xiufu::bench::Run();
}
