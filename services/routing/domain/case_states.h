#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/routing/domain/case.h"

namespace xiufu::routing {

// Whose turn it is.
enum class Owner {
  kApplicant,
  kAuthority,
  kReviewer,  // whoever looks first whether all papers are there (预审)
  kDesk,      // a person of the suite (待分办)
  kLedger,    // result_sync enters or refuses the decision
  kUpstream,  // the upstream door (信用中国 ...) and what lies behind it
  kNobody,    // it is over
};

// What GB/T 39046 has for a state: the process its exchange row belongs to (tables 5 to 8), and the
// portal's three steps.
enum class Process { kApply, kAccept, kHandle, kConclude };
enum class Progress { kToDo = 1, kInHand = 2, kDone = 3 };

struct StateInfo {
  CaseState state;
  absl::string_view name;  // "WITH_AUTHORITY"; "CASE_STATE_<name>" is the key of its plain words
  Owner owner;
  Process process;
  Progress progress;
  // 办结结果 of the provinces' exchange (standards §4.4, second-hand); empty while it is not over,
  // and where the result decides.
  absl::string_view conclusion;
};

// All states, in the order of their numbers.
absl::Span<const StateInfo> CaseStates();
const StateInfo& InfoOf(CaseState state);
// Its place in CaseStates(); numbers have gaps.
int IndexOf(CaseState state);
// Over: nothing moves it any more.
bool IsFinal(CaseState state);

// An authority here was given the task. The desk's case is with nobody, one in pre-check with
// nobody yet, one that is dealt with upstream in another system.
bool HasTask(CaseState state);

// The table for people, generated: services/routing/STATES.md is this text.
std::string DescribeStates();

}  // namespace xiufu::routing
