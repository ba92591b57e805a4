#include "services/intake/drivers/material_sweep.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "libs/base/id.h"
#include "libs/observability/log.h"

namespace xiufu::intake {
namespace {

constexpr char kSweep[] = "intake.sweep_materials";
constexpr absl::Duration kEvery = absl::Hours(1);
constexpr absl::Duration kAfterStart = absl::Minutes(5);

// There is one sweep at a time. One that an operator gave up keeps its row, and with it its id.
Id SweepId(uint64_t given_up) { return DeriveId(Id(), kSweep, given_up, Place()); }

void SetSweepTimer(storage::Tx& tx, absl::Time due) {
  storage::Timer timer;
  timer.kind = kSweep;
  timer.subject = SweepId(0);
  timer.due = due;
  tx.timers().Set(tx, timer);
}

absl::Status OnTimer(absl::Time now, storage::Tx& tx) {
  SetSweepTimer(tx, now + kEvery);
  uint64_t given_up = 0;
  std::optional<storage::Job> known = tx.jobs().Find(tx, SweepId(given_up));
  while (known.has_value() && known->state == storage::JobState::kDiscarded) {
    known = tx.jobs().Find(tx, SweepId(++given_up));
  }
  if (known.has_value()) return absl::OkStatus();
  storage::Job job;
  job.id = SweepId(given_up);
  job.kind = kSweep;
  job.destination = "disk";
  job.created = now;
  job.due = now;
  tx.jobs().Add(tx, job);
  return absl::OkStatus();
}

service::JobOutcome Sweep(storage::Database& database, const MaterialTable& table,
                          MaterialStore& materials, absl::Time now) {
  auto referred = [&](absl::string_view sha256) -> absl::StatusOr<bool> {
    bool found = false;
    absl::Status status = database.Read([&](storage::Session& session) {
      found = table.HasBlob(session, sha256);
      return session.status();
    });
    if (!status.ok()) return status;
    return found;
  };
  absl::StatusOr<int> removed = materials.Sweep(now, referred);
  if (!removed.ok()) return service::JobOutcome::Retry(removed.status());
  return service::JobOutcome::Done([removed = *removed](storage::Tx&, absl::Time) {
    observability::Log(observability::Level::kInfo, "materials_swept", {{"removed", removed}});
    return absl::OkStatus();
  });
}

}  // namespace

void WireMaterialSweep(service::Wiring& wiring, storage::Database* database, Tables tables,
                       MaterialStore* materials) {
  wiring.timers.by_kind[kSweep] = [](const storage::Timer&, absl::Time now, storage::Tx& tx) {
    return OnTimer(now, tx);
  };
  wiring.jobs.by_kind[kSweep] = [database, table = tables.materials, materials](
                                    const storage::Job&, absl::Time now, absl::Time) {
    return Sweep(*database, *table, *materials, now);
  };
}

absl::Status ArmMaterialSweep(storage::Database& database, absl::Time now) {
  return database.WriteAndWait([now](storage::Tx& tx) {
    SetSweepTimer(tx, now + kAfterStart);
    return absl::OkStatus();
  });
}

}  // namespace xiufu::intake
