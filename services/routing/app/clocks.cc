#include "services/routing/app/clocks.h"

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/storage/timers.h"

namespace xiufu::routing {

std::string Clocks::TimerKind(absl::string_view deadline_kind) {
  return absl::StrCat(deadline_kind, "_DUE");
}

void Clocks::Follow(storage::Tx& tx, const Case& before, const Case& after, absl::Time at,
                    const std::vector<DeadlineReceipt>& moved,
                    const std::vector<DeadlineReceipt>& deadlines) const {
  for (absl::string_view kind : ClocksOf(before)) {
    if (!Runs(after, kind)) Stop(tx, before.id, kind, at, deadlines);
  }
  for (absl::string_view kind : ClocksOf(after)) {
    const DeadlineReceipt* receipt = FindReceipt(deadlines, kind);
    const bool goes_on = Runs(before, kind) && FindReceipt(moved, kind) == nullptr;
    if (receipt != nullptr && !goes_on) Arm(tx, before.id, *receipt);
  }
}

void Clocks::Start(storage::Tx& tx, const Case& kase,
                   const std::vector<DeadlineReceipt>& deadlines) const {
  for (absl::string_view kind : ClocksOf(kase)) {
    if (const DeadlineReceipt* receipt = FindReceipt(deadlines, kind)) Arm(tx, kase.id, *receipt);
  }
}

void Clocks::Arm(storage::Tx& tx, const Id& case_id, const DeadlineReceipt& receipt) const {
  tx.timers().Set(tx,
                  {.kind = TimerKind(receipt.kind), .subject = case_id, .due = MissedAt(receipt)});
}

void Clocks::Stop(storage::Tx& tx, const Id& case_id, absl::string_view kind, absl::Time at,
                  const std::vector<DeadlineReceipt>& deadlines) const {
  const DeadlineReceipt* receipt = FindReceipt(deadlines, kind);
  if (receipt == nullptr) return;
  tx.timers().Cancel(tx, TimerKind(kind), case_id);
  NoteStopped(tx, case_id, *receipt, at);
}

void Clocks::NoteStopped(storage::Tx& tx, const Id& case_id, const DeadlineReceipt& receipt,
                         absl::Time at) const {
  if (receipt.kind == kSupplementDeadline) return;  // the applicant is never overdue
  if (at >= MissedAt(receipt)) {
    ports_->overdues->Put(tx, case_id, receipt.kind, MissedAt(receipt), at);
  } else {
    ports_->overdues->Remove(tx, case_id, receipt.kind, MissedAt(receipt));
  }
}

void Clocks::Move(storage::Tx& tx, const Case& kase, const DeadlineReceipt& before,
                  const DeadlineReceipt& after) const {
  ports_->overdues->Remove(tx, kase.id, after.kind, MissedAt(before));
  if (Runs(kase, after.kind)) {
    // One that lies behind us by now is due at once, and noted then.
    Arm(tx, kase.id, after);
  } else if (Runs(StateOfClocks(kase), after.kind)) {
    NoteStopped(tx, kase.id, after, kase.changed_at);
  }
}

absl::Status Clocks::OnDue(storage::Tx& tx, const storage::Timer& timer) const {
  const std::optional<Case> kase = ports_->cases->Find(tx, timer.subject);
  if (!kase.has_value()) return absl::OkStatus();
  const std::vector<DeadlineReceipt> deadlines = ports_->deadlines->Of(tx, kase->id);
  for (absl::string_view kind : ClocksOf(*kase)) {
    if (timer.kind != TimerKind(kind)) continue;
    const DeadlineReceipt* missed = FindReceipt(deadlines, kind);
    if (missed == nullptr) continue;
    if (kind == kSupplementDeadline) {
      AskForSupplement(tx, *kase, *missed);
    } else {
      ports_->overdues->Put(tx, kase->id, kind, MissedAt(*missed), std::nullopt);
    }
  }
  return absl::OkStatus();
}

void Clocks::AskForSupplement(storage::Tx& tx, const Case& kase,
                              const DeadlineReceipt& missed) const {
  const Place place = PlaceOf(kase.id);
  const absl::Time at = MissedAt(missed);
  const std::string tag = absl::StrCat("supplement_overdue/", kase.rounds);
  ports_->events->Emit(
      tx, {.id = DeriveId(kase.id, tag, 0, place), .now = at, .place = place, .traceparent = ""},
      kase, SupplementOverdue{kase.rounds, FormatDay(missed.due.day), at});
}

}  // namespace xiufu::routing
