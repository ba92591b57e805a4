#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/service/work.h"
#include "services/routing/app/law_book.h"
#include "services/routing/app/ports.h"

namespace xiufu::routing {

// Keeps a case's timers, its overdue rows, what was told about due dates, and how long it took.
// Nothing is decided because an authority's time ran out: a missed deadline is noted and brought
// before somebody. Only whether a supplement came in time is asked of intake. Overdue rows depend
// on the inputs' own times alone, so that handling late leaves no trace of it.
//
// A clock has one timer, which goes through its stages: the reminder, the due date, the steps of
// escalation. Each is a write of its own, so that no case holds up another's.
class Clocks {
 public:
  Clocks(const Ports* ports, const LawBook* law) : ports_(ports), law_(law) {}

  // After the case became `after` at `at`; `had` are the receipts that it had before, `moved` those
  // that began or moved with it.
  void Follow(storage::Tx& tx, const Case& before, const Case& after, absl::Time at,
              const std::vector<DeadlineReceipt>& had,
              const std::vector<DeadlineReceipt>& moved) const;
  void Start(storage::Tx& tx, const Case& kase,
             const std::vector<DeadlineReceipt>& deadlines) const;
  // A deadline of an open case moved with the calendar.
  void Move(storage::Tx& tx, const Case& kase, const DeadlineReceipt& before,
            const DeadlineReceipt& after) const;
  // The timer function of all kinds of deadlines.
  absl::Status OnDue(storage::Tx& tx, const storage::Timer& timer) const;

  static std::string TimerKind(absl::string_view deadline_kind);

 private:
  // The deadline's clock stopped at `at`.
  void NoteStopped(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt,
                   absl::Time at) const;
  void Stop(storage::Tx& tx, const Case& kase, absl::string_view kind, absl::Time at,
            const std::vector<DeadlineReceipt>& deadlines) const;
  void KeepTimes(storage::Tx& tx, const Case& before, const Case& after, absl::Time at) const;
  void Arm(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt) const;
  void ArmEscalation(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt,
                     int steps_done) const;
  void Warn(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt) const;
  void Miss(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt) const;
  void Escalate(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt,
                int steps_done) const;
  void Tell(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt, Light light,
            absl::Time at) const;
  void AskForSupplement(storage::Tx& tx, const Case& kase, const DeadlineReceipt& missed) const;

  const Ports* const ports_;
  const LawBook* const law_;
};

}  // namespace xiufu::routing
