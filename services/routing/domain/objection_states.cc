#include <iterator>

#include "services/routing/domain/deadline.h"
#include "services/routing/domain/objection.h"

namespace xiufu::routing {
namespace {

constexpr ObjectionStateInfo kObjectionInfos[] = {
    {ObjectionState::kFiled, "FILED", Owner::kAuthority, kDeliverDeadline},
    {ObjectionState::kWithAuthority, "WITH_AUTHORITY", Owner::kAuthority, kDecideDeadline},
    {ObjectionState::kToBeAssigned, "TO_BE_ASSIGNED", Owner::kDesk, kDeliverDeadline},
    {ObjectionState::kUpheld, "UPHELD", Owner::kNobody, ""},
    {ObjectionState::kRejected, "REJECTED", Owner::kNobody, ""},
    {ObjectionState::kWithdrawn, "WITHDRAWN", Owner::kNobody, ""},
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

bool Runs(ObjectionState state, const DeadlineReceipt& receipt) {
  if (IsFinal(state)) return false;
  const bool from_filing =
      receipt.kind == kDecideDeadline && receipt.start_event != catalogue::kPushedToAuthority;
  return from_filing || receipt.kind == InfoOf(state).clock;
}

}  // namespace xiufu::routing
