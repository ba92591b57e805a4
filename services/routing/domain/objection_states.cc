#include <iterator>

#include "services/routing/domain/objection.h"

namespace xiufu::routing {
namespace {

constexpr ObjectionStateInfo kStates[] = {
    {ObjectionState::kFiled, "FILED", Owner::kAuthority, true},
    {ObjectionState::kWithAuthority, "WITH_AUTHORITY", Owner::kAuthority, true},
    {ObjectionState::kToBeAssigned, "TO_BE_ASSIGNED", Owner::kDesk, true},
    {ObjectionState::kUpheld, "UPHELD", Owner::kNobody, false},
    {ObjectionState::kRejected, "REJECTED", Owner::kNobody, false},
    {ObjectionState::kWithdrawn, "WITHDRAWN", Owner::kNobody, false},
};
static_assert(std::size(kStates) == kObjectionStates);

constexpr absl::string_view kKinds[] = {"CONTENT", "PERIOD", "RESULT"};

}  // namespace

absl::string_view NameOf(ObjectionKind kind) { return kKinds[static_cast<int>(kind) - 1]; }

absl::Span<const ObjectionStateInfo> ObjectionStates() { return kStates; }

const ObjectionStateInfo& InfoOf(ObjectionState state) {
  return kStates[static_cast<int>(state) - 1];
}

bool IsFinal(ObjectionState state) { return InfoOf(state).owner == Owner::kNobody; }

}  // namespace xiufu::routing
