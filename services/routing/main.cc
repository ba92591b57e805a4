// xiufu-routing: owns the cases and is the only process manager; it alone says which answer of an
// authority counts. Consumes "intake", "adapter.#" and "result"; produces "routing" and
// "dept.<code>".
#include <iostream>
#include <memory>
#include <string>

#include "libs/base/random_ids.h"
#include "libs/base/system_clock.h"
#include "libs/calendar/calendar.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/service/config.h"
#include "libs/service/host.h"
#include "libs/storage/database.h"
#include "services/routing/migrations.h"
#include "services/routing/wiring.h"

namespace xiufu::routing {
namespace {

struct Settings {
  service::CommonConfig common;
  std::string catalogue;
  std::string calendars;
  std::string authorities;
};

absl::StatusOr<Settings> LoadSettings(const std::string& path) {
  absl::StatusOr<service::ConfigFile> file = service::ConfigFile::Load(path);
  if (!file.ok()) return file.status();
  Settings settings;
  settings.common = file->Common("routing");
  service::ConfigSection own = file->Section("routing");
  settings.catalogue = own.Text("catalogue", "deploy/catalogue");
  settings.calendars = own.Text("calendars", "deploy/calendars");
  settings.authorities = own.Text("authorities", "deploy/authorities");
  if (absl::Status status = file->Check(); !status.ok()) return status;
  return settings;
}

absl::Status Run(const std::string& config_path) {
  absl::StatusOr<Settings> settings = LoadSettings(config_path);
  if (!settings.ok()) return settings.status();
  absl::StatusOr<catalogue::Catalogue> rules = catalogue::Catalogue::Load(settings->catalogue);
  if (!rules.ok()) return rules.status();
  absl::StatusOr<calendar::Calendar> days = calendar::Calendar::Load(settings->calendars);
  if (!days.ok()) return days.status();
  absl::StatusOr<catalogue::AuthorityRegistry> authorities =
      catalogue::AuthorityRegistry::Load(settings->authorities);
  if (!authorities.ok()) return authorities.status();

  const SystemClock clock;
  RandomIds ids;
  absl::StatusOr<std::unique_ptr<storage::Database>> database = storage::Database::Open(
      {.path = settings->common.store, .service = "routing"}, Migrations(), &clock);
  if (!database.ok()) return database.status();

  service::Host host({.config = settings->common,
                      .database = database->get(),
                      .clock = &clock,
                      .ids = &ids,
                      .wiring = WireRouting({&*rules, &*authorities, &*days})});
  return host.Run();
}

}  // namespace
}  // namespace xiufu::routing

int main(int argc, char** argv) {
  if (argc != 3 || std::string(argv[1]) != "--config") {
    std::cerr << "用法 / usage: xiufu-routing --config FILE.toml\n";
    return 2;
  }
  const absl::Status status = xiufu::routing::Run(argv[2]);
  if (status.ok()) return 0;
  std::cerr << "xiufu-routing: " << status.message() << '\n';
  return 1;
}
