#pragma once

#include "services/routing/app/law_book.h"
#include "services/routing/app/objection_ports.h"

namespace xiufu::routing {

// The part of MoveDueDates (move_due_dates.h) that is about objections: the same, told as a change
// in the same state.
class MoveObjectionDues {
 public:
  MoveObjectionDues(const ObjectionPorts* ports, const DueMoves* moves, const LawBook* law)
      : ports_(ports), moves_(moves), law_(law) {}

  // Those that come after `after`, at most `limit` of them; which these were.
  std::vector<Id> MoveSome(storage::Tx& tx, const Id& after, size_t limit, absl::Time at) const;

 private:
  void Move(storage::Tx& tx, Objection objection, absl::Time at) const;

  const ObjectionPorts* const ports_;
  const DueMoves* const moves_;
  const LawBook* const law_;
};

}  // namespace xiufu::routing
