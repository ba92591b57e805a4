#include <iterator>

#include "services/routing/domain/objection.h"

namespace xiufu::routing {
namespace {

constexpr ObjectionStateInfo kObjectionInfos[] = {
    {ObjectionState::kFiled, "FILED", Owner::kAuthority, true},
    {ObjectionState::kWithAuthority, "WITH_AUTHORITY", Owner::kAuthority, true},
    {ObjectionState::kToBeAssigned, "TO_BE_ASSIGNED", Owner::kDesk, true},
    {ObjectionState::kUpheld, "UPHELD", Owner::kNobody, false},
    {ObjectionState::kRejected, "REJECTED", Owner::kNobody, false},
    {ObjectionState::kWithdrawn, "WITHDRAWN", Owner::kNobody, false},
};
static_assert(std::size(kObjectionInfos) == kObjectionStates);

constexpr absl::string_view kObjectionKindNames[] = {"CONTENT", "PERIOD", "RESULT"};

}  // namespace

absl::string_view NameOf(ObjectionKind kind) {
  return kObjectionKindNames[static_cast<int>(kind) - 1];
}

absl::Span<const ObjectionStateInfo> ObjectionStates() { return kObjectionInfos; }

const ObjectionStateInfo& InfoOf(ObjectionState state) {
  return kObjectionInfos[static_cast<int>(state) - 1];
}

bool IsFinal(ObjectionState state) { return InfoOf(state).owner == Owner::kNobody; }

}  // namespace xiufu::routing
