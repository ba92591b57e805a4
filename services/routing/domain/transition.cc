#include "services/routing/domain/transition.h"

namespace xiufu::routing {
namespace {

constexpr Transition To(CaseState next) { return {Meaning::kMove, next, false}; }
constexpr Transition kBack{Meaning::kMove, CaseState::kReceived, true};
constexpr Transition kNote{Meaning::kNote};
constexpr Transition kRecord{Meaning::kRecord};
constexpr Transition kWait{Meaning::kWait};
constexpr Transition kNothing{Meaning::kNothing};
constexpr Transition kConflict{Meaning::kConflict};

constexpr Transition kWithAuthority = To(CaseState::kWithAuthority);
constexpr Transition kAccepted = To(CaseState::kAccepted);
constexpr Transition kAsked = To(CaseState::kSupplementRequested);
constexpr Transition kDecided = To(CaseState::kDecided);
constexpr Transition kConcluded = To(CaseState::kConcluded);

// While the applicant has the turn, and while the ledger has not spoken, answers wait: which of
// them counts depends on the supplement, or on whether the decision before them was faulty. What
// the authority has already done waits for no supplement.
// clang-format off
constexpr Transition kTable[6][kInputKinds] = {
    // delivered      accepted   supplement  decided   returned  supplemented  entered     faulty     loop closed reported
    {kWithAuthority,  kAccepted, kAsked,     kDecided, kRecord,  kWait,        kWait,      kWait,     kWait,      kDecided},  // received
    {kNothing,        kAccepted, kAsked,     kDecided, kRecord,  kWait,        kWait,      kWait,     kWait,      kDecided},  // with authority
    {kNote,           kRecord,   kAsked,     kDecided, kRecord,  kWait,        kWait,      kWait,     kWait,      kDecided},  // accepted
    {kNote,           kWait,     kWait,      kWait,    kRecord,  kBack,        kWait,      kWait,     kWait,      kDecided},  // supplement requested
    {kNote,           kWait,     kWait,      kWait,    kRecord,  kWait,        kConcluded, kBack,     kWait,      kWait},     // decided
    {kNote,           kRecord,   kRecord,    kRecord,  kRecord,  kConflict,    kConflict,  kConflict, kNote,      kRecord},   // concluded
};
// clang-format on

}  // namespace

Transition TransitionOf(CaseState state, InputKind input) {
  return kTable[static_cast<int>(state) - 1][static_cast<int>(input)];
}

}  // namespace xiufu::routing
