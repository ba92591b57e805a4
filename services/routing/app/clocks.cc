#include "services/routing/app/clocks.h"

#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/base/legal_day.h"
#include "libs/storage/timers.h"
#include "services/routing/app/remind.h"
#include "services/routing/domain/case_states.h"

namespace xiufu::routing {
namespace {

constexpr char kTimerSuffix[] = "_DUE";
// The stages of a clock's timer, in its payload. Timers from before there were stages have none.
constexpr char kWarnStage[] = "WARN";
constexpr char kMissStage[] = "";
constexpr char kEscalateStage[] = "ESCALATE ";  // and the steps that are done

void Set(storage::Tx& tx, const Id& case_id, absl::string_view kind, absl::Time due,
         std::string stage) {
  tx.timers().Set(tx, {.kind = Clocks::TimerKind(kind),
                       .subject = case_id,
                       .due = due,
                       .payload = std::move(stage)});
}

std::vector<DeadlineReceipt> With(std::vector<DeadlineReceipt> receipts,
                                  const std::vector<DeadlineReceipt>& changed) {
  for (const DeadlineReceipt& receipt : changed) {
    std::erase_if(receipts, [&](const DeadlineReceipt& old) { return old.kind == receipt.kind; });
    receipts.push_back(receipt);
  }
  return receipts;
}

messaging::Cause CauseOf(const Case& kase, absl::string_view tag, absl::Time at) {
  const Place place = PlaceOf(kase.id);
  return {.id = DeriveId(kase.id, tag, 0, place), .now = at, .place = place, .traceparent = ""};
}

}  // namespace

std::string Clocks::TimerKind(absl::string_view deadline_kind) {
  return absl::StrCat(deadline_kind, kTimerSuffix);
}

void Clocks::Follow(storage::Tx& tx, const Case& before, const Case& after, absl::Time at,
                    const std::vector<DeadlineReceipt>& had,
                    const std::vector<DeadlineReceipt>& moved) const {
  const std::vector<DeadlineReceipt> deadlines = With(had, moved);
  for (absl::string_view kind : ClocksOf(before)) {
    if (!Runs(after, kind)) {
      Stop(tx, before, kind, at, deadlines);
    } else if (const DeadlineReceipt* earlier = FindReceipt(had, kind);
               earlier != nullptr && FindReceipt(moved, kind) != nullptr) {
      // Another limit takes its place: what was late by the earlier one is late until now.
      NoteStopped(tx, before, *earlier, at);
    }
  }
  for (absl::string_view kind : ClocksOf(after)) {
    const DeadlineReceipt* receipt = FindReceipt(deadlines, kind);
    const bool goes_on = Runs(before, kind) && FindReceipt(moved, kind) == nullptr;
    if (receipt != nullptr && !goes_on) Arm(tx, after, *receipt);
  }
  KeepTimes(tx, before, after, at);
}

void Clocks::Start(storage::Tx& tx, const Case& kase,
                   const std::vector<DeadlineReceipt>& deadlines) const {
  for (absl::string_view kind : ClocksOf(kase)) {
    if (const DeadlineReceipt* receipt = FindReceipt(deadlines, kind)) Arm(tx, kase, *receipt);
  }
}

void Clocks::KeepTimes(storage::Tx& tx, const Case& before, const Case& after,
                       absl::Time at) const {
  const bool waited = before.state == CaseState::kSupplementRequested;
  const bool waits = after.state == CaseState::kSupplementRequested;
  if (waits && !waited) ports_->case_clocks->BeginPause(tx, after);
  if (waited && !waits) ports_->case_clocks->EndPause(tx, after.id, at);
  if (IsFinal(before.state) || !IsFinal(after.state)) return;
  const std::optional<Task> task = ports_->tasks->Find(tx, after.task);
  const absl::Time delivered = task ? task->delivered_at : absl::InfinitePast();
  CaseTimes times = TimesOf(after, ports_->case_clocks->PassedOn(tx, after.id), delivered,
                            ports_->case_clocks->Pauses(tx, after.id));
  times.of_authority = StateOfClocks(before) != CaseState::kPreCheck;
  ports_->case_clocks->PutTimes(tx, after, times);
}

void Clocks::Arm(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt) const {
  const auto supervision = law_->Supervision();
  const catalogue::Reminder* reminder = supervision->FindReminder(receipt.kind, receipt.due.day);
  if (reminder == nullptr) {
    Set(tx, kase.id, receipt.kind, MissedAt(receipt), kMissStage);
  } else {
    Set(tx, kase.id, receipt.kind, WarnAt(receipt, *reminder, law_->CalendarOf(kase)), kWarnStage);
  }
}

void Clocks::ArmEscalation(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt,
                           int steps_done) const {
  const auto supervision = law_->Supervision();
  const catalogue::EscalationStep* step =
      supervision->NextStep(receipt.kind, steps_done, receipt.due.day);
  if (step == nullptr) return;
  Set(tx, kase.id, receipt.kind, EscalateAt(receipt, *step, law_->CalendarOf(kase)),
      absl::StrCat(kEscalateStage, steps_done));
}

void Clocks::Stop(storage::Tx& tx, const Case& kase, absl::string_view kind, absl::Time at,
                  const std::vector<DeadlineReceipt>& deadlines) const {
  const DeadlineReceipt* receipt = FindReceipt(deadlines, kind);
  if (receipt == nullptr) return;
  tx.timers().Cancel(tx, TimerKind(kind), kase.id);
  NoteStopped(tx, kase, *receipt, at);
}

void Clocks::NoteStopped(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt,
                         absl::Time at) const {
  // The applicant is never overdue, and a pre-check is passed on.
  if (receipt.kind == kSupplementDeadline || receipt.kind == kPreCheckDeadline) return;
  if (at >= MissedAt(receipt)) {
    ports_->overdues->Put(tx, kase, receipt.kind, MissedAt(receipt), at);
  } else {
    ports_->overdues->Remove(tx, kase.id, receipt.kind, MissedAt(receipt));
  }
}

void Clocks::Move(storage::Tx& tx, const Case& kase, const DeadlineReceipt& before,
                  const DeadlineReceipt& after) const {
  ports_->overdues->Remove(tx, kase.id, after.kind, MissedAt(before));
  if (Runs(kase, after.kind)) {
    // One that lies behind us by now is due at once, and noted then.
    Arm(tx, kase, after);
  } else if (Runs(StateOfClocks(kase), after.kind)) {
    NoteStopped(tx, kase, after, kase.changed_at);
  }
}

absl::Status Clocks::OnDue(storage::Tx& tx, const storage::Timer& timer) const {
  const std::optional<Case> kase = ports_->cases->Find(tx, timer.subject);
  const absl::string_view kind = absl::StripSuffix(timer.kind, kTimerSuffix);
  if (!kase.has_value() || !Runs(*kase, kind)) return absl::OkStatus();
  const std::vector<DeadlineReceipt> deadlines = ports_->deadlines->Of(tx, kase->id);
  const DeadlineReceipt* receipt = FindReceipt(deadlines, kind);
  if (receipt == nullptr) return absl::OkStatus();
  absl::string_view stage = timer.payload;
  int steps_done = 0;
  if (stage == kWarnStage) {
    Warn(tx, *kase, *receipt);
  } else if (absl::ConsumePrefix(&stage, kEscalateStage) && absl::SimpleAtoi(stage, &steps_done)) {
    Escalate(tx, *kase, *receipt, steps_done);
  } else {
    Miss(tx, *kase, *receipt);
  }
  return absl::OkStatus();
}

void Clocks::Warn(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt) const {
  const auto supervision = law_->Supervision();
  if (const auto* reminder = supervision->FindReminder(receipt.kind, receipt.due.day)) {
    Tell(tx, kase, receipt, Light::kYellow, WarnAt(receipt, *reminder, law_->CalendarOf(kase)));
  }
  Set(tx, kase.id, receipt.kind, MissedAt(receipt), kMissStage);
}

void Clocks::Miss(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt) const {
  if (receipt.kind == kSupplementDeadline) return AskForSupplement(tx, kase, receipt);
  ports_->overdues->Put(tx, kase, receipt.kind, MissedAt(receipt), std::nullopt);
  Tell(tx, kase, receipt, Light::kRed, MissedAt(receipt));
  ArmEscalation(tx, kase, receipt, 0);
}

void Clocks::Escalate(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt,
                      int steps_done) const {
  const auto supervision = law_->Supervision();
  const catalogue::EscalationStep* step =
      supervision->NextStep(receipt.kind, steps_done, receipt.due.day);
  if (step == nullptr) return;
  ports_->supervision->NoteEscalation(tx, kase,
                                      {.kind = receipt.kind,
                                       .since = MissedAt(receipt),
                                       .step = step->step,
                                       .to = step->to,
                                       .proposes_order = step->proposes_order,
                                       .at = EscalateAt(receipt, *step, law_->CalendarOf(kase)),
                                       .rule_row = step->id});
  ArmEscalation(tx, kase, receipt, step->step);
}

void Clocks::Tell(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt, Light light,
                  absl::Time at) const {
  if (!ports_->supervision->NoteLight(tx, kase, receipt, light, at)) return;
  const std::string due = FormatDay(receipt.due.day);
  const std::string tag =
      absl::StrCat("light/", receipt.kind, "/", due, "/", static_cast<int>(light));
  const messaging::Cause cause = CauseOf(kase, tag, at);
  ports_->events->Emit(tx, cause, kase, LightChanged{receipt.kind, light, due, at});
  if (OwnerOf(receipt.kind) != ClockOwner::kAuthority) return;
  Remind(*ports_, kase,
         {.kind = light == Light::kRed ? "OVERDUE" : "DUE_SOON",
          .text = "",
          .deadline_kind = receipt.kind,
          .due_date = due,
          .number = "",
          .at = at},
         cause, tx);
}

void Clocks::AskForSupplement(storage::Tx& tx, const Case& kase,
                              const DeadlineReceipt& missed) const {
  const absl::Time at = MissedAt(missed);
  const std::string tag = absl::StrCat("supplement_overdue/", kase.rounds);
  ports_->events->Emit(tx, CauseOf(kase, tag, at), kase,
                       SupplementOverdue{kase.rounds, FormatDay(missed.due.day), at});
}

}  // namespace xiufu::routing
