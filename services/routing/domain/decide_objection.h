#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/routing/domain/deadline.h"
#include "services/routing/domain/objection.h"
#include "services/routing/domain/objection_input.h"
#include "services/routing/domain/transition.h"

namespace xiufu::routing {

// What routing tells, as plain data; drivers/objection_emitter.h puts it on its stream.
struct ObjectionChanged {
  std::vector<DeadlineReceipt> deadlines;  // of the first
  std::string document_no;
  std::string correction;
  std::vector<std::string> reasons;
  std::string remedies;
};
struct ObjectionGiven {
  std::string decide_due;  // ISO 8601; empty when the rule sets none
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
                              const std::string& unknown_because, const Id& task,
                              const catalogue::Rule& rule, const calendar::Calendar& calendar);

// What becomes of one by one input.
struct ObjectionStep {
  Meaning meaning = Meaning::kNothing;
  std::string reason;  // kRecord: why; for people, Chinese first
  Objection next;      // kMove
  std::vector<ObjectionEvent> events;
};
// Pure. The caller has sorted out repetitions and what another task's authority says. `due` is the
// receipt of its clock, where the rule has one.
ObjectionStep Decide(const Objection& objection, const DeadlineReceipt* due,
                     const ObjectionInput& input);

}  // namespace xiufu::routing
