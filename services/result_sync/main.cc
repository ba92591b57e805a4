// xiufu-result-sync: owns the decision ledger; a decision is final when it is entered here.
// Consumes "routing" and "publication", produces "result".
#include <grpcpp/impl/service_type.h>

#include <memory>
#include <string>

#include "libs/base/random_ids.h"
#include "libs/base/system_clock.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/server.h"
#include "libs/service/config.h"
#include "libs/service/host.h"
#include "libs/service/service_main.h"
#include "libs/storage/database.h"
#include "services/result_sync/drivers/conflict_api.h"
#include "services/result_sync/migrations.h"
#include "services/result_sync/wiring.h"

namespace xiufu::result {
namespace {

absl::StatusOr<service::CommonConfig> LoadSettings(const std::string& path) {
  absl::StatusOr<service::ConfigFile> file = service::ConfigFile::Load(path);
  if (!file.ok()) return file.status();
  service::CommonConfig common = file->Common("result_sync");
  file->Section("result_sync");  // may be there; has no key yet
  if (absl::Status status = file->Check(); !status.ok()) return status;
  return common;
}

absl::StatusOr<std::string> PageTokenKey(const service::CommonConfig& config) {
  absl::StatusOr<rpc::Tokens> tokens = rpc::Tokens::LoadOrCreate(config.credentials, {config.name});
  if (!tokens.ok()) return tokens.status();
  absl::StatusOr<std::string> token = tokens->TokenOf(config.name);
  if (!token.ok()) return token.status();
  return rpc::PageTokenKey(*token);
}

absl::Status Run(const std::string& config_path) {
  absl::StatusOr<service::CommonConfig> config = LoadSettings(config_path);
  if (!config.ok()) return config.status();
  absl::StatusOr<std::string> page_token_key = PageTokenKey(*config);
  if (!page_token_key.ok()) return page_token_key.status();
  const SystemClock clock;
  RandomIds ids;
  absl::StatusOr<std::unique_ptr<storage::Database>> database = storage::Database::Open(
      {.path = config->store, .service = "result_sync"}, Migrations(), &clock);
  if (!database.ok()) return database.status();

  const std::unique_ptr<grpc::Service> conflicts =
      NewConflictService({database->get(), &clock, *page_token_key});
  service::Host host({.config = *config,
                      .database = database->get(),
                      .clock = &clock,
                      .ids = &ids,
                      .wiring = WireResultSync(),
                      .services = {conflicts.get()}});
  return host.Run();
}

}  // namespace
}  // namespace xiufu::result

int main(int argc, char** argv) {
  return xiufu::service::ServiceMain(argc, argv, "xiufu-result-sync", xiufu::result::Run);
}
