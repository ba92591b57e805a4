#include "libs/service/law_keeper.h"

#include <utility>

#include "absl/memory/memory.h"
#include "libs/observability/log.h"
#include "libs/observability/metrics.h"
#include "libs/service/data_faults.h"
#include "libs/storage/law_versions.h"

namespace xiufu::service {
namespace {

using observability::Code;
using observability::Level;
using observability::Log;

absl::Status KeepVersions(storage::Database& database, const catalogue::LawSnapshot& law,
                          absl::Time now) {
  return database.WriteAndWait([&](storage::Tx& tx) {
    for (const storage::LawVersion& version :
         {storage::LawVersion{storage::kCatalogueKind, law->catalogue.version(),
                              law->catalogue.sha256(), law->catalogue.archive()},
          storage::LawVersion{storage::kCalendarKind, law->calendar.version(),
                              law->calendar.sha256(), law->calendar.archive()},
          storage::LawVersion{storage::kAuthoritiesKind, law->authorities.sha256(),
                              law->authorities.sha256(), law->authorities.archive()}}) {
      if (absl::Status kept = storage::KeepLawVersion(tx, version, now); !kept.ok()) return kept;
    }
    return tx.status();
  });
}

bool SameLaw(const catalogue::Law& a, const catalogue::Law& b) {
  return a.catalogue.sha256() == b.catalogue.sha256() &&
         a.calendar.sha256() == b.calendar.sha256() &&
         a.authorities.sha256() == b.authorities.sha256();
}

void CountReload(const char* outcome) {
  observability::CounterOf("xiufu_law_reloads_total", "The law as data, loaded anew on SIGHUP",
                           {{"outcome", outcome}})
      .Add();
}

}  // namespace

catalogue::LawFolders ReadLawFolders(ConfigSection& section) {
  return {section.Text("catalogue", "deploy/catalogue"),
          section.Text("calendars", "deploy/calendars"),
          section.Text("authorities", "deploy/authorities")};
}

LawKeeper::LawKeeper(catalogue::LawFolders folders, catalogue::LawSnapshot law,
                     storage::Database* database, const Clock* clock)
    : folders_(std::move(folders)), database_(database), clock_(clock), law_(std::move(law)) {}

absl::StatusOr<std::unique_ptr<LawKeeper>> LawKeeper::Open(catalogue::LawFolders folders,
                                                           storage::Database* database,
                                                           const Clock* clock) {
  absl::StatusOr<catalogue::LawSnapshot> law = catalogue::LoadLaw(folders);
  if (!law.ok()) return law.status();
  if (absl::Status kept = KeepVersions(*database, *law, clock->Now()); !kept.ok()) return kept;
  return absl::WrapUnique(new LawKeeper(std::move(folders), *std::move(law), database, clock));
}

absl::Status LawKeeper::Reload() {
  absl::StatusOr<catalogue::LawSnapshot> law = catalogue::LoadLaw(folders_);
  absl::Status status = law.ok() ? Take(*std::move(law)) : law.status();
  if (status.ok()) return status;
  LogDataFaults("law_not_loaded", status);
  CountReload("refused");
  return status;
}

absl::Status LawKeeper::Take(catalogue::LawSnapshot law) {
  if (SameLaw(*law, *law_.Get())) {
    CountReload("unchanged");
    return absl::OkStatus();
  }
  if (absl::Status kept = KeepVersions(*database_, law, clock_->Now()); !kept.ok()) return kept;
  Log(Level::kInfo, "law_loaded",
      {{"catalogue", Code(law->catalogue.version())},
       {"calendar", Code(law->calendar.version())},
       {"authorities", Code(law->authorities.sha256().substr(0, 12))}});
  law_.Replace(std::move(law));
  CountReload("loaded");
  return absl::OkStatus();
}

}  // namespace xiufu::service
