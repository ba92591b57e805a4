#include "services/routing/app/move_objection_dues.h"

#include <optional>
#include <utility>

#include "services/routing/app/calendar_cause.h"
#include "services/routing/app/objection_timer.h"

namespace xiufu::routing {

std::vector<Id> MoveObjectionDues::MoveSome(storage::Tx& tx, const Id& after, size_t limit,
                                            absl::Time at) const {
  const std::vector<Id> open = ports_->objections->OpenAfter(tx, after, limit);
  for (const Id& id : open) {
    if (std::optional<Objection> objection = ports_->objections->Find(tx, id)) {
      Move(tx, *std::move(objection), at);
    }
  }
  return open;
}

void MoveObjectionDues::Move(storage::Tx& tx, Objection objection, absl::Time at) const {
  const calendar::Calendar calendar = law_->CalendarOf(objection.authority);
  std::vector<DeadlineReceipt> told;
  for (const DeadlineReceipt& before : ports_->deadlines->Of(tx, objection.id)) {
    if (before.calendar_version == calendar.version() || !Runs(objection.state, before)) continue;
    const DeadlineReceipt after = ByCalendar(before, calendar);
    ports_->deadlines->Put(tx, objection.id, after);
    const bool moves = after.due.day != before.due.day;
    if (moves) {
      moves_->Add(tx, objection.id, before, after, at);
      absl::Time& since = LateSince(objection, before.kind);
      if (since == MissedAt(before)) since = absl::InfinitePast();
      ArmObjection(tx, objection.id, after);
    }
    if (moves || after.due.provisional != before.due.provisional) told.push_back(after);
  }
  if (told.empty()) return;
  ++objection.version;
  objection.changed_at = at;
  ports_->objections->Update(tx, objection);
  ports_->events->Emit(tx,
                       CauseOfMove(objection.id, PlaceOf(objection.task), calendar.version(), at),
                       objection, ObjectionChanged{.deadlines = std::move(told)});
}

}  // namespace xiufu::routing
