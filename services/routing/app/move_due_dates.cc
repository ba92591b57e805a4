#include "services/routing/app/move_due_dates.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/routing/app/calendar_cause.h"

namespace xiufu::routing {
namespace {

// Where a pass stands: the payload of its timer.
struct Pass {
  std::string calendar;  // the version it applies
  absl::Time at;         // when that was loaded
  bool objections;       // cases are done
  Id after;              // the last that is done
};
constexpr char kObjectionsPart[] = "objections";

std::string PayloadOf(const Pass& pass) {
  return absl::StrCat(pass.calendar, " ", absl::ToUnixMillis(pass.at), " ", pass.after.ToString(),
                      pass.objections ? absl::StrCat(" ", kObjectionsPart) : "");
}

absl::StatusOr<Pass> PassOf(absl::string_view payload) {
  const std::vector<std::string> parts = absl::StrSplit(payload, ' ');
  int64_t at = 0;
  const bool objections = parts.size() == 4 && parts[3] == kObjectionsPart;
  if ((parts.size() != 3 && !objections) || !absl::SimpleAtoi(parts[1], &at)) {
    return absl::InternalError("the payload of a calendar's pass is broken");
  }
  absl::StatusOr<Id> after = Id::Parse(parts[2]);
  if (!after.ok()) return after.status();
  return Pass{parts[0], absl::FromUnixMillis(at), objections, *after};
}

void Arm(storage::Tx& tx, const Pass& pass) {
  tx.timers().Set(tx, {.kind = MoveDueDates::kTimer, .due = pass.at, .payload = PayloadOf(pass)});
}

}  // namespace

absl::Status MoveDueDates::Begin(storage::Tx& tx, absl::Time now) const {
  if (ports_->moves->AppliedCalendar(tx) != law_->CalendarVersion()) {
    Arm(tx, {law_->CalendarVersion(), now, false, Id()});
  }
  return tx.status();
}

absl::Status MoveDueDates::OnTimer(storage::Tx& tx, const storage::Timer& timer) const {
  absl::StatusOr<Pass> pass = PassOf(timer.payload);
  if (!pass.ok()) return pass.status();
  // Another one came into force meanwhile: from the beginning, with that.
  if (pass->calendar != law_->CalendarVersion()) {
    pass = Pass{law_->CalendarVersion(), pass->at, false, Id()};
  }
  const std::vector<Id> done = pass->objections
                                   ? objections_->MoveSome(tx, pass->after, kAtOnce, pass->at)
                                   : MoveCases(tx, pass->after, pass->at);
  if (done.size() == kAtOnce) {
    pass->after = done.back();
  } else if (!pass->objections) {
    pass->objections = true;
    pass->after = Id();
  } else {
    ports_->moves->NoteApplied(tx, pass->calendar, pass->at);
    return tx.status();
  }
  Arm(tx, *pass);
  return tx.status();
}

std::vector<Id> MoveDueDates::MoveCases(storage::Tx& tx, const Id& after, absl::Time at) const {
  std::vector<Id> cases = ports_->cases->RunningAfter(tx, after, kAtOnce);
  for (const Id& case_id : cases) MoveCase(tx, case_id, at);
  return cases;
}

void MoveDueDates::MoveCase(storage::Tx& tx, const Id& case_id, absl::Time at) const {
  const std::optional<Case> kase = ports_->cases->Find(tx, case_id);
  if (!kase.has_value()) return;
  const calendar::Calendar calendar = law_->CalendarOf(*kase);
  std::vector<DeadlineReceipt> told;
  for (const DeadlineReceipt& before : ports_->deadlines->Of(tx, case_id)) {
    if (before.calendar_version == calendar.version() || !IsOpen(*kase, before.kind)) continue;
    const DeadlineReceipt after = ByCalendar(before, calendar);
    ports_->deadlines->Put(tx, case_id, after);
    const bool moves = after.due.day != before.due.day;
    if (moves) {
      ports_->moves->Add(tx, case_id, before, after, at);
      clocks_->Move(tx, *kase, before, after);
    }
    if (moves || after.due.provisional != before.due.provisional) told.push_back(after);
  }
  if (told.empty()) return;
  ports_->events->Emit(tx, CauseOfMove(case_id, PlaceOf(case_id), calendar.version(), at), *kase,
                       DeadlinesMoved{at, std::move(told)});
}

}  // namespace xiufu::routing
