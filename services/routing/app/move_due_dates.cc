#include "services/routing/app/move_due_dates.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace xiufu::routing {
namespace {

// Where a pass stands: the payload of its timer.
struct Pass {
  std::string calendar;  // the version it applies
  absl::Time at;         // when that was loaded
  Id after;              // the last case that is done
};

std::string PayloadOf(const Pass& pass) {
  return absl::StrCat(pass.calendar, " ", absl::ToUnixMillis(pass.at), " ", pass.after.ToString());
}

absl::StatusOr<Pass> PassOf(absl::string_view payload) {
  const std::vector<std::string> parts = absl::StrSplit(payload, ' ');
  int64_t at = 0;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[1], &at)) {
    return absl::InternalError("the payload of a calendar's pass is broken");
  }
  absl::StatusOr<Id> after = Id::Parse(parts[2]);
  if (!after.ok()) return after.status();
  return Pass{parts[0], absl::FromUnixMillis(at), *after};
}

void Arm(storage::Tx& tx, const Pass& pass) {
  tx.timers().Set(tx, {.kind = MoveDueDates::kTimer, .due = pass.at, .payload = PayloadOf(pass)});
}

messaging::Cause CauseOfMove(const Case& kase, const std::string& calendar, absl::Time at) {
  const Place place = PlaceOf(kase.id);
  const std::string tag = absl::StrCat("calendar/", calendar, "/", absl::ToUnixMillis(at));
  return {.id = DeriveId(kase.id, tag, 0, place), .now = at, .place = place, .traceparent = ""};
}

}  // namespace

absl::Status MoveDueDates::Begin(storage::Tx& tx, absl::Time now) const {
  if (ports_->moves->AppliedCalendar(tx) != law_->CalendarVersion()) {
    Arm(tx, {law_->CalendarVersion(), now, Id()});
  }
  return tx.status();
}

absl::Status MoveDueDates::OnTimer(storage::Tx& tx, const storage::Timer& timer) const {
  absl::StatusOr<Pass> pass = PassOf(timer.payload);
  if (!pass.ok()) return pass.status();
  // Another one came into force meanwhile: from the beginning, with that.
  if (pass->calendar != law_->CalendarVersion()) {
    pass = Pass{law_->CalendarVersion(), pass->at, Id()};
  }
  const std::vector<Id> cases = ports_->cases->RunningAfter(tx, pass->after, kCasesAtOnce);
  for (const Id& case_id : cases) MoveCase(tx, case_id, pass->at);
  if (cases.size() < kCasesAtOnce) {
    ports_->moves->NoteApplied(tx, pass->calendar, pass->at);
  } else {
    pass->after = cases.back();
    Arm(tx, *pass);
  }
  return tx.status();
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
  ports_->events->Emit(tx, CauseOfMove(*kase, calendar.version(), at), *kase,
                       DeadlinesMoved{at, std::move(told)});
}

}  // namespace xiufu::routing
