#include "services/routing/domain/transition.h"

#include "services/routing/domain/case_states.h"

namespace xiufu::routing {
namespace {

constexpr Transition To(CaseState next) { return {Meaning::kMove, next, false}; }

// What may stand in the table.
constexpr Transition kBack{Meaning::kMove, CaseState::kReceived, true};
constexpr Transition kOn{Meaning::kMove, CaseState::kReceived, false, true};
constexpr Transition kNote{Meaning::kNote};
constexpr Transition kRecord{Meaning::kRecord};
constexpr Transition kRefuse{Meaning::kRefuse};
constexpr Transition kWait{Meaning::kWait};
constexpr Transition kNone{Meaning::kNothing};
constexpr Transition kClash{Meaning::kConflict};
constexpr Transition kRecv = To(CaseState::kReceived);
constexpr Transition kWith = To(CaseState::kWithAuthority);
constexpr Transition kAccept = To(CaseState::kAccepted);
constexpr Transition kExtend = To(CaseState::kExtended);
constexpr Transition kAsk = To(CaseState::kSupplementRequested);
constexpr Transition kAssign = To(CaseState::kToBeAssigned);
constexpr Transition kDecide = To(CaseState::kDecided);
constexpr Transition kConcl = To(CaseState::kConcluded);
constexpr Transition kReject = To(CaseState::kNotAccepted);
constexpr Transition kGone = To(CaseState::kWithdrawn);
constexpr Transition kClose = To(CaseState::kClosedNoSupplement);
constexpr Transition kUp = To(CaseState::kWithUpstream);

// One row an input, one column a state, in the order of InputKind and of CaseStates().
//
// While the applicant has the turn, and while the ledger has not spoken, answers wait: which of
// them counts depends on the supplement, or on whether the decision before them was faulty. What
// the authority has already done by itself waits for no supplement. Nothing here moves because an
// authority's time ran out; a reviewer's only passes the case on.
// clang-format off
constexpr Transition kTable[kInputKinds][kCaseStates] = {
    // received with  accepted asked    decided  concl    extended assign   rejected gone     closed   precheck upstream
    {kWith,   kNone,   kNote,   kNote,   kNote,   kNote,   kNote,   kNote,   kNote,   kNote,   kNote,   kNote,   kNote},   // delivered
    {kAccept, kAccept, kRecord, kWait,   kWait,   kRecord, kRecord, kRecord, kRecord, kRecord, kRecord, kRecord, kRecord}, // accepted
    {kReject, kReject, kRecord, kWait,   kWait,   kRecord, kRecord, kRecord, kRecord, kRecord, kRecord, kRecord, kRecord}, // not accepted
    {kAsk,    kAsk,    kAsk,    kWait,   kWait,   kRecord, kAsk,    kRecord, kRecord, kRecord, kRecord, kRecord, kRecord}, // supplement asked
    {kNote,   kNote,   kNote,   kWait,   kWait,   kRecord, kNote,   kRecord, kRecord, kRecord, kRecord, kRecord, kRecord}, // needlessly asked
    {kRecord, kRecord, kExtend, kWait,   kWait,   kRecord, kRecord, kRecord, kRecord, kRecord, kRecord, kRecord, kRecord}, // extended
    {kDecide, kDecide, kDecide, kWait,   kWait,   kRecord, kDecide, kRecord, kRecord, kRecord, kRecord, kRecord, kRecord}, // decided
    {kAssign, kAssign, kRecord, kWait,   kWait,   kRecord, kRecord, kRecord, kRecord, kRecord, kRecord, kRecord, kRecord}, // returned
    {kRecord, kRecord, kRecord, kWait,   kWait,   kNote,   kRecord, kRecord, kRecord, kRecord, kRecord, kRecord, kRecord}, // revoked
    {kWait,   kWait,   kWait,   kBack,   kWait,   kClash,  kWait,   kWait,   kClash,  kClash,  kClash,  kWait,   kWait},   // supplemented
    {kNone,   kNone,   kNone,   kClose,  kNone,   kNone,   kNone,   kNone,   kNone,   kNone,   kNone,   kNone,   kNone},   // supplement missed
    {kGone,   kGone,   kGone,   kGone,   kRefuse, kRefuse, kGone,   kGone,   kRefuse, kNone,   kRefuse, kGone,   kGone},   // withdrawal asked
    {kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRecv,   kRefuse, kRefuse, kRefuse, kRefuse, kRefuse}, // assigned
    {kAsk,    kAsk,    kAsk,    kRefuse, kRefuse, kRefuse, kAsk,    kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse}, // supplement allowed
    {kWait,   kWait,   kWait,   kWait,   kConcl,  kClash,  kWait,   kWait,   kClash,  kClash,  kClash,  kWait,   kWait},   // entered
    {kWait,   kWait,   kWait,   kWait,   kBack,   kClash,  kWait,   kWait,   kClash,  kClash,  kClash,  kWait,   kWait},   // faulty
    {kWait,   kWait,   kWait,   kWait,   kWait,   kNote,   kWait,   kWait,   kClash,  kClash,  kClash,  kWait,   kWait},   // loop closed
    {kDecide, kDecide, kDecide, kDecide, kWait,   kRecord, kDecide, kDecide, kRecord, kRecord, kRecord, kDecide, kDecide}, // reported
    {kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kUp},     // told: filed
    {kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kUp},     // told: accepted
    {kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kReject, kRefuse, kRefuse, kRefuse, kRefuse, kReject}, // told: not accepted
    {kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kDecide, kRefuse, kRefuse, kRefuse, kRefuse, kDecide}, // told: refused
    {kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kOn,     kRefuse}, // review passed
    {kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kRefuse, kAsk,    kRefuse}, // review defects
    {kNone,   kNone,   kNone,   kNone,   kNone,   kNone,   kNone,   kNone,   kNone,   kNone,   kNone,   kOn,     kNone},   // review time up
};
// clang-format on

}  // namespace

Transition TransitionOf(CaseState state, InputKind input) {
  return kTable[static_cast<int>(input)][IndexOf(state)];
}

}  // namespace xiufu::routing
