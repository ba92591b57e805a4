#pragma once

#include <memory>

#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/service/handling.h"
#include "libs/service/wiring.h"
#include "libs/storage/database.h"

namespace xiufu::service {

// Timers and retry rows whose time has come. Without a thread of its own: the DuePump drives it,
// and the simulation.
//
// Whether something is due is decided on the writer by the clock at that moment, so a clock that
// jumps fires nothing twice and nothing early.
class DueWork {
 public:
  DueWork(storage::Database* database, const Wiring* wiring, const Handling* handling,
          const Clock* clock);

  // Submits one unit that takes what is due, at most some dozens of each. `done` runs on the writer
  // after the commit.
  void Submit(absl::AnyInvocable<void(absl::Status)> done);
  // When something is next due; InfiniteFuture when nothing waits.
  absl::Time NextDue() const;

 private:
  class Unit;
  void Take(storage::Tx& tx) const;
  void TakeTimers(absl::Time now, storage::Tx& tx) const;
  void TakeRetries(absl::Time now, storage::Tx& tx) const;

  storage::Database* const database_;
  const Wiring* const wiring_;
  const Handling* const handling_;
  const Clock* const clock_;
};

}  // namespace xiufu::service
