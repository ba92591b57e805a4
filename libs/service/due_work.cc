#include "libs/service/due_work.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/crash_point.h"
#include "libs/storage/timers.h"
#include "libs/storage/waiting.h"

namespace xiufu::service {
namespace {

constexpr size_t kAtOnce = 64;
// A timer whose handler failed is tried again, later and later, up to an hour apart.
absl::Duration TimerDelay(int attempts) {
  return std::min(absl::Seconds(1) * (1 << std::min(attempts, 12)), absl::Hours(1));
}

}  // namespace

class DueWork::Unit : public storage::WriteUnit {
 public:
  Unit(const DueWork* owner, absl::AnyInvocable<void(absl::Status)> done)
      : owner_(owner), done_(std::move(done)) {}
  void Apply(storage::Tx& tx) override { owner_->Take(tx); }
  void Settled(const absl::Status& status) override { done_(status); }

 private:
  const DueWork* const owner_;
  absl::AnyInvocable<void(absl::Status)> done_;
};

DueWork::DueWork(storage::Database* database, const Wiring* wiring, const Handling* handling,
                 const Clock* clock)
    : database_(database), wiring_(wiring), handling_(handling), clock_(clock) {}

void DueWork::Submit(absl::AnyInvocable<void(absl::Status)> done) {
  database_->Submit(std::make_unique<Unit>(this, std::move(done)));
}

absl::Time DueWork::NextDue() const {
  absl::Time next = absl::InfiniteFuture();
  // A store that cannot be read now is asked again by the pump's slow tick.
  database_
      ->Read([&](storage::Session& session) {
        next = std::min(database_->timers().NextDueTime(session),
                        database_->waiting().NextDueTime(session));
        return absl::OkStatus();
      })
      .IgnoreError();
  return next;
}

void DueWork::Take(storage::Tx& tx) const {
  const absl::Time now = clock_->Now();
  TakeTimers(now, tx);
  TakeRetries(now, tx);
}

void DueWork::TakeTimers(absl::Time now, storage::Tx& tx) const {
  for (const storage::Timer& timer : tx.timers().Due(tx, now, kAtOnce)) {
    auto fn = wiring_->timers.by_kind.find(timer.kind);
    absl::Status fired = tx.InSavepoint([&](storage::Tx& inside) {
      if (fn == wiring_->timers.by_kind.end()) {
        return absl::UnimplementedError(absl::StrCat("no handler for timer ", timer.kind));
      }
      inside.timers().Cancel(inside, timer.kind, timer.subject);
      return fn->second(timer, now, inside);
    });
    if (!tx.status().ok()) return;
    if (fired.ok()) continue;
    storage::Timer later = timer;
    later.attempts = timer.attempts + 1;
    later.due = now + TimerDelay(later.attempts);
    tx.timers().Set(tx, later);
  }
}

void DueWork::TakeRetries(absl::Time now, storage::Tx& tx) const {
  for (size_t i = 0; i < kAtOnce && tx.status().ok(); ++i) {
    std::optional<storage::WaitingRow> row = tx.waiting().NextDue(tx, now);
    if (!row.has_value()) return;
    handling_->TakeAgain(*row, now, tx);
    CrashPoint("due_work.after_retry");
  }
}

}  // namespace xiufu::service
