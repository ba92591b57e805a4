// xiufu-routing: owns the cases and is the only process manager; it alone says which answer of an
// authority counts. Consumes "intake", "adapter.#", "result" and "publication"; produces
// "routing" and "dept.<code>".
#include <grpcpp/impl/service_type.h>

#include <memory>
#include <string>

#include "libs/base/random_ids.h"
#include "libs/base/system_clock.h"
#include "libs/catalogue/law.h"
#include "libs/catalogue/messages.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/server.h"
#include "libs/service/config.h"
#include "libs/service/host.h"
#include "libs/service/law_keeper.h"
#include "libs/service/service_main.h"
#include "libs/storage/database.h"
#include "services/routing/drivers/conflict_api.h"
#include "services/routing/drivers/objection_api.h"
#include "services/routing/drivers/order_letter.h"
#include "services/routing/drivers/order_letter_api.h"
#include "services/routing/drivers/relay_service.h"
#include "services/routing/drivers/review_api.h"
#include "services/routing/drivers/revocation_api.h"
#include "services/routing/drivers/routing_service.h"
#include "services/routing/drivers/supervision_api.h"
#include "services/routing/drivers/work_list_api.h"
#include "services/routing/migrations.h"
#include "services/routing/wiring.h"

namespace xiufu::routing {
namespace {

struct Settings {
  service::CommonConfig common;
  catalogue::LawFolders law;
  std::string messages;
};

absl::StatusOr<Settings> LoadSettings(const std::string& path) {
  absl::StatusOr<service::ConfigFile> file = service::ConfigFile::Load(path);
  if (!file.ok()) return file.status();
  Settings settings;
  settings.common = file->Common("routing");
  service::ConfigSection own = file->Section("routing");
  settings.law = service::ReadLawFolders(own);
  settings.messages = own.Text("messages", "deploy/messages");
  if (absl::Status status = file->Check(); !status.ok()) return status;
  return settings;
}

// Secret, and the same over restarts.
absl::StatusOr<std::string> PageTokenKey(const service::CommonConfig& config) {
  absl::StatusOr<rpc::Tokens> tokens = rpc::Tokens::LoadOrCreate(config.credentials, {config.name});
  if (!tokens.ok()) return tokens.status();
  absl::StatusOr<std::string> token = tokens->TokenOf(config.name);
  if (!token.ok()) return token.status();
  return rpc::PageTokenKey(*token);
}

absl::Status Run(const std::string& config_path) {
  absl::StatusOr<Settings> settings = LoadSettings(config_path);
  if (!settings.ok()) return settings.status();
  absl::StatusOr<std::string> page_token_key = PageTokenKey(settings->common);
  if (!page_token_key.ok()) return page_token_key.status();

  const absl::StatusOr<catalogue::Messages> messages =
      catalogue::Messages::Load(settings->messages);
  if (!messages.ok()) return messages.status();
  if (absl::Status status = CheckOrderLetterMessages(*messages); !status.ok()) return status;

  const SystemClock clock;
  RandomIds ids;
  absl::StatusOr<std::unique_ptr<storage::Database>> database = storage::Database::Open(
      {.path = settings->common.store, .service = "routing"}, Migrations(), &clock);
  if (!database.ok()) return database.status();
  absl::StatusOr<std::unique_ptr<service::LawKeeper>> keeper =
      service::LawKeeper::Open(settings->law, database->get(), &clock);
  if (!keeper.ok()) return keeper.status();
  const catalogue::LawInForce& law = (*keeper)->law();

  const ServiceParts parts{database->get(), &clock, &ids, &law, *page_token_key};
  const std::unique_ptr<grpc::Service> desk = NewRoutingService(parts);
  const std::unique_ptr<grpc::Service> objections = NewObjectionDeskService(parts);
  const std::unique_ptr<grpc::Service> conflicts = NewConflictService(parts);
  const std::unique_ptr<grpc::Service> supervision = NewSupervisionService(parts);
  const std::unique_ptr<grpc::Service> relay = NewRelayService(parts);
  const auto overdue = WatchOverdue(parts);
  const std::unique_ptr<grpc::Service> reviews = NewReviewService(parts);
  const std::unique_ptr<grpc::Service> letters = NewOrderLetterService(parts, &*messages);
  const std::unique_ptr<grpc::Service> work = NewWorkListService(parts);
  const std::unique_ptr<grpc::Service> revocations = NewRevocationService(parts);
  const auto apply_calendar = [&] { return ApplyCalendar(**database, law, clock.Now()); };
  service::Host host(
      {.config = settings->common,
       .database = database->get(),
       .clock = &clock,
       .ids = &ids,
       .wiring = WireRouting(&law),
       .services = {desk.get(), relay.get(), reviews.get(), revocations.get(), supervision.get(),
                    objections.get(), conflicts.get(), work.get(), letters.get()},
       .on_start = apply_calendar,
       .on_reload = [&] {
         (*keeper)->Reload().IgnoreError();
         apply_calendar().IgnoreError();
       }});
  return host.Run();
}

}  // namespace
}  // namespace xiufu::routing

int main(int argc, char** argv) {
  return xiufu::service::ServiceMain(argc, argv, "xiufu-routing", xiufu::routing::Run);
}
