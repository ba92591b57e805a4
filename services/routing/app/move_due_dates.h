#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/storage/timers.h"
#include "services/routing/app/clocks.h"
#include "services/routing/app/law_book.h"
#include "services/routing/app/move_objection_dues.h"
#include "services/routing/app/ports.h"

namespace xiufu::routing {

// Another calendar came into force: what is open is computed anew, some cases at a time and then
// some objections, so that the writer stays free. A due date that moves takes its timer along and
// leaves a row with what it was; one that is only firm now becomes so. Where the pass stands is in
// the store.
class MoveDueDates {
 public:
  static constexpr char kTimer[] = "CALENDAR_PASS";
  static constexpr size_t kAtOnce = 100;

  MoveDueDates(const Ports* ports, const LawBook* law, const Clocks* clocks,
               const MoveObjectionDues* objections)
      : ports_(ports), law_(law), clocks_(clocks), objections_(objections) {}

  // At start and whenever the law was loaded: begins a pass unless all is by this calendar already.
  absl::Status Begin(storage::Tx& tx, absl::Time now) const;
  // The timer function of kTimer: some more of them.
  absl::Status OnTimer(storage::Tx& tx, const storage::Timer& timer) const;

 private:
  std::vector<Id> MoveCases(storage::Tx& tx, const Id& after, absl::Time at) const;
  void MoveCase(storage::Tx& tx, const Id& case_id, absl::Time at) const;

  const Ports* const ports_;
  const LawBook* const law_;
  const Clocks* const clocks_;
  const MoveObjectionDues* const objections_;
};

}  // namespace xiufu::routing
