#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/service/work.h"
#include "services/routing/app/ports.h"

namespace xiufu::routing {

// Keeps a case's timers and its overdue rows. Nothing is decided because an authority's time ran
// out: a missed deadline is noted. Only whether a supplement came in time is asked of intake. The
// rows depend on the inputs' own times alone, so that handling late leaves no trace of it.
class Clocks {
 public:
  explicit Clocks(const Ports* ports) : ports_(ports) {}

  // After the case became `after` at `at`; `deadlines` are its receipts after that, `moved` those
  // that began or moved with it.
  void Follow(storage::Tx& tx, const Case& before, const Case& after, absl::Time at,
              const std::vector<DeadlineReceipt>& moved,
              const std::vector<DeadlineReceipt>& deadlines) const;
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
  void NoteStopped(storage::Tx& tx, const Id& case_id, const DeadlineReceipt& receipt,
                   absl::Time at) const;
  void Stop(storage::Tx& tx, const Id& case_id, absl::string_view kind, absl::Time at,
            const std::vector<DeadlineReceipt>& deadlines) const;
  void Arm(storage::Tx& tx, const Id& case_id, const DeadlineReceipt& receipt) const;
  void AskForSupplement(storage::Tx& tx, const Case& kase, const DeadlineReceipt& missed) const;

  const Ports* const ports_;
};

}  // namespace xiufu::routing
