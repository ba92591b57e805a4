#include "services/routing/app/clocks.h"

#include "absl/strings/str_cat.h"
#include "libs/storage/timers.h"

namespace xiufu::routing {

std::string Clocks::TimerKind(absl::string_view deadline_kind) {
  return absl::StrCat(deadline_kind, "_DUE");
}

void Clocks::Follow(storage::Tx& tx, const Id& case_id, CaseState before, CaseState after,
                    absl::Time at, const std::vector<DeadlineReceipt>& deadlines) const {
  if (RunningDeadline(before) == RunningDeadline(after)) return;
  Stop(tx, case_id, before, at, deadlines);
  Start(tx, case_id, after, deadlines);
}

void Clocks::Start(storage::Tx& tx, const Id& case_id, CaseState state,
                   const std::vector<DeadlineReceipt>& deadlines) const {
  const DeadlineReceipt* receipt = FindReceipt(deadlines, RunningDeadline(state));
  if (receipt == nullptr) return;
  tx.timers().Set(
      tx, {.kind = TimerKind(receipt->kind), .subject = case_id, .due = MissedAt(*receipt)});
}

void Clocks::Stop(storage::Tx& tx, const Id& case_id, CaseState state, absl::Time at,
                  const std::vector<DeadlineReceipt>& deadlines) const {
  const DeadlineReceipt* receipt = FindReceipt(deadlines, RunningDeadline(state));
  if (receipt == nullptr) return;
  tx.timers().Cancel(tx, TimerKind(receipt->kind), case_id);
  NoteStopped(tx, case_id, *receipt, at);
}

void Clocks::NoteStopped(storage::Tx& tx, const Id& case_id, const DeadlineReceipt& receipt,
                         absl::Time at) const {
  if (at >= MissedAt(receipt)) {
    ports_->overdues->Put(tx, case_id, receipt.kind, MissedAt(receipt), at);
  } else {
    ports_->overdues->Remove(tx, case_id, receipt.kind, MissedAt(receipt));
  }
}

void Clocks::Move(storage::Tx& tx, const Case& kase, const DeadlineReceipt& before,
                  const DeadlineReceipt& after) const {
  if (after.kind != RunningDeadline(StateOfClocks(kase))) return;
  ports_->overdues->Remove(tx, kase.id, after.kind, MissedAt(before));
  if (after.kind == RunningDeadline(kase.state)) {
    // One that lies behind us by now is due at once, and noted then.
    tx.timers().Set(tx,
                    {.kind = TimerKind(after.kind), .subject = kase.id, .due = MissedAt(after)});
  } else {
    NoteStopped(tx, kase.id, after, kase.changed_at);
  }
}

absl::Status Clocks::OnDue(storage::Tx& tx, const storage::Timer& timer) const {
  std::optional<Case> kase = ports_->cases->Find(tx, timer.subject);
  if (!kase.has_value()) return absl::OkStatus();
  const absl::string_view running = RunningDeadline(kase->state);
  if (timer.kind != TimerKind(running)) return absl::OkStatus();
  const std::vector<DeadlineReceipt> deadlines = ports_->deadlines->Of(tx, kase->id);
  if (const DeadlineReceipt* missed = FindReceipt(deadlines, running)) {
    ports_->overdues->Put(tx, kase->id, running, MissedAt(*missed), std::nullopt);
  }
  return absl::OkStatus();
}

}  // namespace xiufu::routing
