#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/base/id.h"
#include "libs/catalogue/receipt.h"
#include "services/routing/domain/case.h"
#include "services/routing/domain/case_states.h"

namespace xiufu::routing {

// Numbers of xiufu.common.v1.ObjectionState; stored.
enum class ObjectionState {
  kFiled = 1,          // the authority's system does not have it yet
  kWithAuthority = 2,  // it looks into it
  kToBeAssigned = 3,   // nobody has it: a person says whose it is
  kUpheld = 4,         // final
  kRejected = 5,       // final
  kWithdrawn = 6,      // final
};
inline constexpr int kObjectionStates = 6;

// Numbers of xiufu.common.v1.ObjectionKind; stored.
enum class ObjectionKind { kContent = 1, kPeriod = 2, kResult = 3 };
absl::string_view NameOf(ObjectionKind kind);  // "CONTENT", ...

struct ObjectionStateInfo {
  ObjectionState state;
  absl::string_view name;  // "WITH_AUTHORITY"; "OBJECTION_<name>" is the key of its plain words
  Owner owner;
  // Whose time it is: DELIVER is ours until the authority's system has it, DECIDE the authority's.
  // Nothing ends because one is missed.
  absl::string_view clock;
};
absl::Span<const ObjectionStateInfo> ObjectionStates();
const ObjectionStateInfo& InfoOf(ObjectionState state);
bool IsFinal(ObjectionState state);
// Whether this clock runs. A rule may also count the answer from the filing: then that goes on
// until the end, whoever has it.
bool Runs(ObjectionState state, const catalogue::DeadlineReceipt& receipt);

// A subject's objection (异议) to a record, or to the result of a repair. It says nothing about
// publicity, and what becomes of a repair case is never looked at: only the ids are linked.
struct Objection {
  Id id;
  std::string number;
  ObjectionKind kind = ObjectionKind::kContent;
  Id application;  // of the repair that it is about; none
  Id case_id;
  Id record;
  RuleRef rule;
  std::string snapshot;        // xiufu.common.v1.RecordSnapshot as it came
  std::string materials;       // evidence, see drivers/material_list.h
  std::string opening_sha256;  // of the event that filed it
  absl::Time filed_at;

  AuthorityRef authority;
  Id task;  // what the authority was given
  ObjectionState state = ObjectionState::kFiled;
  int64_t version = 1;  // +1 with everything that is told of it
  absl::Time changed_at;
  std::string reason;          // TO_BE_ASSIGNED: why nobody has it, for people
  std::string counted_answer;  // answer_id of the one that ended it
  // The first instants at which an answer and a delivery were late; kept when another clock begins.
  absl::Time overdue_since = absl::InfinitePast();      // the authority's
  absl::Time undelivered_since = absl::InfinitePast();  // ours
};

}  // namespace xiufu::routing
