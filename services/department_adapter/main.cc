// xiufu-department-adapter: delivery to authorities' systems and their answers as they came.
// Consumes "dept.<code>", produces "adapter.<code>", serves authorities over HTTP.
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "libs/base/random_ids.h"
#include "libs/base/system_clock.h"
#include "libs/rpc/server.h"
#include "libs/service/host.h"
#include "libs/service/service_main.h"
#include "services/department_adapter/app/take_events.h"
#include "services/department_adapter/drivers/disk_cache.h"
#include "services/department_adapter/drivers/http_api.h"
#include "services/department_adapter/drivers/http_server.h"
#include "services/department_adapter/drivers/instant_connector.h"
#include "services/department_adapter/drivers/intake_client.h"
#include "services/department_adapter/drivers/push_connector.h"
#include "services/department_adapter/drivers/settings.h"
#include "services/department_adapter/migrations.h"
#include "services/department_adapter/wiring.h"

namespace xiufu::department {
namespace {

// One connector an authority; adding a kind of system is one line here.
std::unique_ptr<Connector> NewConnector(const AuthoritySettings& authority,
                                        const Settings& settings, const Clock* clock,
                                        const Interruption* interruption) {
  if (authority.instant) return std::make_unique<InstantConnector>();
  return std::make_unique<PushConnector>(
      PushConnector::Options{authority.base_url, authority.outgoing_token, settings.public_url,
                             interruption},
      clock);
}

// Ours, towards intake.
absl::StatusOr<std::string> OwnToken(const service::CommonConfig& config) {
  absl::StatusOr<rpc::Tokens> tokens = rpc::Tokens::LoadOrCreate(config.credentials, {config.name});
  if (!tokens.ok()) return tokens.status();
  return tokens->TokenOf(config.name);
}

absl::StatusOr<catalogue::Messages> LoadWords(const Settings& settings) {
  absl::StatusOr<catalogue::Messages> messages = catalogue::Messages::Load(settings.messages);
  if (!messages.ok()) return messages.status();
  if (absl::Status status = CheckMessages(*messages); !status.ok()) return status;
  return messages;
}

absl::Status Run(const std::string& config_path) {
  absl::StatusOr<Settings> settings = LoadSettings(config_path);
  if (!settings.ok()) return settings.status();
  absl::StatusOr<std::string> token = OwnToken(settings->common);
  if (!token.ok()) return token.status();
  absl::StatusOr<catalogue::Messages> messages = LoadWords(*settings);
  if (!messages.ok()) return messages.status();
  absl::StatusOr<std::unique_ptr<DiskCache>> cache = DiskCache::Open(settings->materials);
  if (!cache.ok()) return cache.status();

  const SystemClock clock;
  RandomIds ids;
  absl::StatusOr<std::unique_ptr<storage::Database>> database = storage::Database::Open(
      {.path = settings->common.store, .service = "department_adapter"}, Migrations(), &clock);
  if (!database.ok()) return database.status();

  Interruption interruption;
  const std::unique_ptr<IntakeFiles> intake =
      NewIntakeClient(settings->intake, *token, &clock, &interruption);
  std::vector<std::unique_ptr<Connector>> connectors;
  std::map<std::string, Connector*> by_code;
  HttpServer::Options http{.listen = settings->http_listen};
  for (const AuthoritySettings& authority : settings->served) {
    connectors.push_back(NewConnector(authority, *settings, &clock, &interruption));
    by_code[authority.code] = connectors.back().get();
    if (!authority.instant) http.tokens.emplace_back(authority.code, authority.incoming_token);
  }
  const HttpApi api({.database = database->get(),
                     .clock = &clock,
                     .tasks = &StoredTasks(),
                     .intake = intake.get(),
                     .cache = cache->get(),
                     .receive_answer = NewReceiveAnswer(),
                     .public_url = settings->public_url});
  std::unique_ptr<HttpServer> door;
  service::Host host({.config = settings->common,
                      .database = database->get(),
                      .clock = &clock,
                      .ids = &ids,
                      .wiring = WireDepartmentAdapter({.database = database->get(),
                                                       .clock = &clock,
                                                       .connectors = by_code,
                                                       .intake = intake.get(),
                                                       .cache = cache->get(),
                                                       .messages = &*messages}),
                      .services = {},
                      .on_start =
                          [&] {
                            if (http.listen.empty()) return absl::OkStatus();
                            auto started = HttpServer::Start(http, &api);
                            if (!started.ok()) return started.status();
                            door = *std::move(started);
                            return absl::OkStatus();
                          },
                      .on_stop =
                          [&] {
                            interruption.Stop();
                            door.reset();
                          }});
  return host.Run();
}

}  // namespace
}  // namespace xiufu::department

int main(int argc, char** argv) {
  return xiufu::service::ServiceMain(argc, argv, "xiufu-department-adapter",
                                     xiufu::department::Run);
}
