#include "services/routing/domain/objection_input.h"

#include <iterator>

namespace xiufu::routing {
namespace {

constexpr absl::string_view kObjectionInputNames[] = {
    "DELIVERED", "UPHELD", "REJECTED", "RETURNED", "ASSIGNED", "WITHDRAWAL_REQUESTED"};
static_assert(std::size(kObjectionInputNames) == kObjectionInputKinds);

struct KindOfInput {
  ObjectionInputKind operator()(const ObjectionDelivered&) const {
    return ObjectionInputKind::kDelivered;
  }
  ObjectionInputKind operator()(const ObjectionAnswered& answered) const {
    // In the order of ObjectionAnswered::kind.
    constexpr ObjectionInputKind kAnswers[] = {
        ObjectionInputKind::kUpheld, ObjectionInputKind::kRejected, ObjectionInputKind::kReturned};
    return kAnswers[answered.kind.index()];
  }
  ObjectionInputKind operator()(const ObjectionGivenUp&) const {
    return ObjectionInputKind::kGivenUp;
  }
  ObjectionInputKind operator()(const ObjectionAssigned&) const {
    return ObjectionInputKind::kAssigned;
  }
};

}  // namespace

absl::string_view NameOf(ObjectionInputKind kind) {
  return kObjectionInputNames[static_cast<int>(kind)];
}

ObjectionInputKind KindOf(const ObjectionInput& input) {
  return std::visit(KindOfInput(), input.what);
}

}  // namespace xiufu::routing
