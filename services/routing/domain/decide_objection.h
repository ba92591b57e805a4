#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/routing/domain/deadline.h"
#include "services/routing/domain/law.h"
#include "services/routing/domain/objection.h"
#include "services/routing/domain/objection_input.h"
#include "services/routing/domain/transition.h"

namespace xiufu::routing {

// What routing tells, as plain data; drivers/objection_emitter.h puts it on its stream.
struct ObjectionChanged {
  std::vector<DeadlineReceipt> deadlines;  // that begin or move with it
  std::string document_no;
  std::string correction;
  std::vector<std::string> reasons;
  std::string remedies;
  bool due_ended = false;  // nobody has it: the day that was told for the answer is no more
};
struct ObjectionGiven {
  // As if it were acknowledged on the day it is given; ISO 8601, empty when the rule sets none.
  std::string decide_due;
};
struct ObjectionCancelled {};
using ObjectionEvent = std::variant<ObjectionChanged, ObjectionGiven, ObjectionCancelled>;

struct OpenedObjection {
  Objection objection;
  std::vector<DeadlineReceipt> deadlines;
  std::vector<ObjectionEvent> events;
};
// In FILED with its authority, or in TO_BE_ASSIGNED where `unknown_because` says why nobody has it.
OpenedObjection OpenObjection(const ObjectionFiled& filed, const AuthorityRef& authority,
                              const std::string& unknown_because, const Id& task, const Law& law);

// What becomes of one by one input.
struct ObjectionStep {
  Meaning meaning = Meaning::kNothing;
  std::string reason;                      // kRecord: why; for people, Chinese first
  Objection next;                          // kMove
  std::vector<DeadlineReceipt> deadlines;  // those that begin with it
  std::vector<ObjectionEvent> events;
};
// Pure. The caller has sorted out repetitions and what another task's authority says. `had`: the
// receipts of the clocks that have begun; `law`: as it is for the authority that has it, or gets
// it.
ObjectionStep Decide(const Objection& objection, const std::vector<DeadlineReceipt>& had,
                     const Law& law, const ObjectionInput& input);

// The first instant of lateness of the clock of this kind.
absl::Time& LateSince(Objection& objection, absl::string_view kind);

}  // namespace xiufu::routing
