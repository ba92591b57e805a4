#include "services/publication/app/sweep_notes.h"

#include <optional>

#include "libs/storage/timers.h"

namespace xiufu::publication {
namespace {

constexpr absl::Duration kBetweenSweeps = absl::Hours(24);

void ArmSweep(storage::Tx& tx, absl::Time due) {
  tx.timers().Set(tx, {.kind = SweepNotes::kTimer, .due = due});
}

}  // namespace

absl::Status SweepNotes::Begin(storage::Tx& tx, absl::Time now) {
  ArmSweep(tx, now);
  return tx.status();
}

absl::Status SweepNotes::operator()(storage::Tx& tx, absl::Time now) const {
  const std::optional<Id> import = imports_->OldestWithNotes(tx, now - keep_);
  if (!import) {
    ArmSweep(tx, now + kBetweenSweeps);
    return tx.status();
  }
  imports_->CloseNotes(tx, *import, now);
  imports_->DeleteNotes(tx, *import, kNotesAtOnce);
  ArmSweep(tx, now);
  return tx.status();
}

}  // namespace xiufu::publication
