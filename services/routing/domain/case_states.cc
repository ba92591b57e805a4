#include "services/routing/domain/case_states.h"

#include <iterator>

namespace xiufu::routing {
namespace {

// "6 办结", "1 退回办结", "2 作废办结", "5 补正不来办结".
constexpr StateInfo kStates[] = {
    {CaseState::kReceived, "RECEIVED", Owner::kAuthority, Process::kApply, Progress::kToDo, ""},
    {CaseState::kWithAuthority, "WITH_AUTHORITY", Owner::kAuthority, Process::kApply,
     Progress::kToDo, ""},
    {CaseState::kAccepted, "ACCEPTED", Owner::kAuthority, Process::kHandle, Progress::kInHand, ""},
    {CaseState::kSupplementRequested, "SUPPLEMENT_REQUESTED", Owner::kApplicant, Process::kAccept,
     Progress::kInHand, ""},
    {CaseState::kDecided, "DECIDED", Owner::kLedger, Process::kHandle, Progress::kInHand, ""},
    {CaseState::kConcluded, "CONCLUDED", Owner::kNobody, Process::kConclude, Progress::kDone, "6"},
    {CaseState::kExtended, "EXTENDED", Owner::kAuthority, Process::kHandle, Progress::kInHand, ""},
    {CaseState::kToBeAssigned, "TO_BE_ASSIGNED", Owner::kDesk, Process::kApply, Progress::kToDo,
     ""},
    {CaseState::kNotAccepted, "NOT_ACCEPTED", Owner::kNobody, Process::kConclude, Progress::kDone,
     "1"},
    {CaseState::kWithdrawn, "WITHDRAWN", Owner::kNobody, Process::kConclude, Progress::kDone, "2"},
    {CaseState::kClosedNoSupplement, "CLOSED_NO_SUPPLEMENT", Owner::kNobody, Process::kConclude,
     Progress::kDone, "5"},
    {CaseState::kPreCheck, "PRE_CHECK", Owner::kReviewer, Process::kApply, Progress::kToDo, ""},
    {CaseState::kWithUpstream, "WITH_UPSTREAM", Owner::kUpstream, Process::kApply, Progress::kToDo,
     ""},
};
static_assert(std::size(kStates) == kCaseStates);

}  // namespace

absl::Span<const StateInfo> CaseStates() { return kStates; }

int IndexOf(CaseState state) {
  int index = 0;
  while (kStates[index].state != state) ++index;
  return index;
}

const StateInfo& InfoOf(CaseState state) { return kStates[IndexOf(state)]; }

bool HasTask(CaseState state) {
  return state != CaseState::kToBeAssigned && state != CaseState::kWithUpstream &&
         state != CaseState::kPreCheck;
}

bool IsFinal(CaseState state) { return InfoOf(state).owner == Owner::kNobody; }

}  // namespace xiufu::routing
