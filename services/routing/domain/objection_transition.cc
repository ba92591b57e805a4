#include "services/routing/domain/objection_transition.h"

#include "absl/strings/str_cat.h"
#include "services/routing/domain/describe.h"

namespace xiufu::routing {
namespace {

namespace objections {

constexpr ObjectionTransition To(ObjectionState next) { return {Meaning::kMove, next}; }

constexpr ObjectionTransition kRecord{Meaning::kRecord};
constexpr ObjectionTransition kRefuse{Meaning::kRefuse};
constexpr ObjectionTransition kNone{Meaning::kNothing};
constexpr ObjectionTransition kFiled = To(ObjectionState::kFiled);
constexpr ObjectionTransition kWith = To(ObjectionState::kWithAuthority);
constexpr ObjectionTransition kAssign = To(ObjectionState::kToBeAssigned);
constexpr ObjectionTransition kUphold = To(ObjectionState::kUpheld);
constexpr ObjectionTransition kReject = To(ObjectionState::kRejected);
constexpr ObjectionTransition kGone = To(ObjectionState::kWithdrawn);

// One row an input, one column a state, in the order of their enums.
// clang-format off
constexpr ObjectionTransition kTable[kObjectionInputKinds][kObjectionStates] = {
    // filed   with     assign   upheld   rejected withdrawn
    {kWith,    kNone,   kNone,   kNone,   kNone,   kNone},    // delivered
    {kUphold,  kUphold, kRecord, kRecord, kRecord, kRecord},  // upheld
    {kReject,  kReject, kRecord, kRecord, kRecord, kRecord},  // rejected
    {kAssign,  kAssign, kRecord, kRecord, kRecord, kRecord},  // returned
    {kRefuse,  kRefuse, kFiled,  kRefuse, kRefuse, kRefuse},  // assigned
    {kGone,    kGone,   kGone,   kNone,   kNone,   kNone},    // given up
};
// clang-format on

}  // namespace objections
}  // namespace

ObjectionTransition TransitionOf(ObjectionState state, ObjectionInputKind input) {
  return objections::kTable[static_cast<int>(input)][static_cast<int>(state) - 1];
}

std::string DescribeObjections() {
  std::string text =
      "# States of an objection\n\n"
      "Generated from `domain/objection_states.cc` and `domain/objection_transition.cc`\n"
      "(`routing_states objections`); a test compares them.\n\n"
      "| state | whose turn | clock |\n|---|---|---|\n";
  std::string header = "| input |", rule = "|---|";
  for (const ObjectionStateInfo& info : ObjectionStates()) {
    absl::StrAppend(&text, "| ", info.name, " | ", NameOf(info.owner), " | ",
                    info.clock.empty() ? "—" : info.clock, " |\n");
    absl::StrAppend(&header, " ", info.name, " |");
    rule += "---|";
  }
  absl::StrAppend(&text,
                  "\n**NAME** moves there; *record* keeps an answer that does not count; *refuse* "
                  "tells whoever asked.\n\n",
                  header, "\n", rule, "\n");
  for (int row = 0; row < kObjectionInputKinds; ++row) {
    const auto input = static_cast<ObjectionInputKind>(row);
    absl::StrAppend(&text, "| ", NameOf(input), " |");
    for (const ObjectionStateInfo& info : ObjectionStates()) {
      const ObjectionTransition to = TransitionOf(info.state, input);
      absl::StrAppend(&text, " ", OutcomeOf(to.meaning, InfoOf(to.next).name), " |");
    }
    text += "\n";
  }
  return text;
}

}  // namespace xiufu::routing
