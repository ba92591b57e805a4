// xiufu-publication: the truth about records. Consumes "result", produces "publication", answers
// xiufu.publication.v1.PublicationService.
#include <grpcpp/impl/service_type.h>

#include <memory>
#include <string>

#include "libs/base/random_ids.h"
#include "libs/base/system_clock.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/server.h"
#include "libs/service/config.h"
#include "libs/service/host.h"
#include "libs/service/law_keeper.h"
#include "libs/service/service_main.h"
#include "services/publication/drivers/commitments_service.h"
#include "services/publication/drivers/layout_keeper.h"
#include "services/publication/drivers/notices_service.h"
#include "services/publication/drivers/publication_service.h"
#include "services/publication/drivers/sql_names.h"
#include "services/publication/migrations.h"
#include "services/publication/wiring.h"

namespace xiufu::publication {
namespace {

struct Settings {
  service::CommonConfig common;
  catalogue::LawFolders law;
  std::string feeds;
  Times times;
};

absl::StatusOr<Settings> LoadSettings(const std::string& path) {
  absl::StatusOr<service::ConfigFile> file = service::ConfigFile::Load(path);
  if (!file.ok()) return file.status();
  Settings settings;
  settings.common = file->Common("publication");
  service::ConfigSection own = file->Section("publication");
  settings.law = service::ReadLawFolders(own);
  settings.feeds = own.Text("feeds", "deploy/feeds");
  settings.times.keep_notes =
      absl::Hours(24) * own.Integer("keep_import_notes_days", 365, 7, 36500);
  settings.times.remind_days_before_end =
      static_cast<int>(own.Integer("remind_days_before_end", 30, 1, 365));
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
  absl::StatusOr<std::unique_ptr<LayoutKeeper>> layouts = LayoutKeeper::Open(settings->feeds);
  if (!layouts.ok()) return layouts.status();
  absl::StatusOr<std::string> page_token_key = PageTokenKey(settings->common);
  if (!page_token_key.ok()) return page_token_key.status();

  const SystemClock clock;
  RandomIds ids;
  absl::StatusOr<std::unique_ptr<storage::Database>> database = storage::Database::Open(
      {.path = settings->common.store, .service = "publication"}, Migrations(), &clock);
  if (!database.ok()) return database.status();
  if (absl::Status status = IndexPendingNames(**database); !status.ok()) return status;
  absl::StatusOr<std::unique_ptr<service::LawKeeper>> law =
      service::LawKeeper::Open(settings->law, database->get(), &clock);
  if (!law.ok()) return law.status();

  const std::unique_ptr<grpc::Service> records =
      NewPublicationService({.database = database->get(),
                             .clock = &clock,
                             .ids = &ids,
                             .law = &(*law)->law(),
                             .layouts = &(*layouts)->layouts(),
                             .page_token_key = *page_token_key});
  const std::unique_ptr<grpc::Service> commitments =
      NewCommitmentService({.database = database->get(),
                            .clock = &clock,
                            .ids = &ids,
                            .law = &(*law)->law(),
                            .layouts = &(*layouts)->layouts(),
                            .page_token_key = *page_token_key});
  const std::unique_ptr<grpc::Service> notices =
      NewRepairNoticeService({.database = database->get(),
                              .clock = &clock,
                              .law = &(*law)->law(),
                              .page_token_key = *page_token_key});
  const auto start_timers = [&] { return StartTimers(**database, clock.Now()); };
  service::Host host({.config = settings->common,
                      .database = database->get(),
                      .clock = &clock,
                      .ids = &ids,
                      .wiring = WirePublication(&(*law)->law(), settings->times),
                      .services = {records.get(), notices.get(), commitments.get()},
                      .on_start = start_timers,
                      .on_reload = [&] {
                        (*law)->Reload().IgnoreError();
                        (*layouts)->Reload().IgnoreError();
                        start_timers().IgnoreError();
                      }});
  return host.Run();
}

}  // namespace
}  // namespace xiufu::publication

int main(int argc, char** argv) {
  return xiufu::service::ServiceMain(argc, argv, "xiufu-publication", xiufu::publication::Run);
}
