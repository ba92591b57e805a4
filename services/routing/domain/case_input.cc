#include "services/routing/domain/case_input.h"

#include "absl/strings/str_cat.h"

namespace xiufu::routing {
namespace {

struct Describe {
  std::string key;
  std::string content;
};

Describe DescribeOf(const Delivered&) { return {"delivered", ""}; }
Describe DescribeOf(const Answered& answered) {
  return {absl::StrCat("answer/", answered.answer_id), answered.content};
}
Describe DescribeOf(const Supplemented& supplemented) {
  return {absl::StrCat("supplement/", supplemented.round), supplemented.materials};
}
Describe DescribeOf(const DecisionEntered& entered) {
  return {"entered", std::string(entered.decision.bytes())};
}
Describe DescribeOf(const DecisionFaulty& faulty) {
  return {absl::StrCat("faulty/", faulty.answer_id), faulty.reason};
}
Describe DescribeOf(const LoopClosed&) { return {"loop_closed", ""}; }
Describe DescribeOf(const Reported& reported) {
  return {absl::StrCat("answer/", reported.answer_id), reported.content};
}

InputKind AnswerKind(const Answered& answered) {
  constexpr InputKind kKinds[] = {InputKind::kAccepted, InputKind::kSupplementAsked,
                                  InputKind::kDecided, InputKind::kReturned};
  return kKinds[answered.kind.index()];
}

}  // namespace

InputKind KindOf(const CaseInput& input) {
  if (const auto* answered = std::get_if<Answered>(&input.what)) return AnswerKind(*answered);
  // In the order of the variant; the answers have been dealt with.
  constexpr InputKind kKinds[] = {
      InputKind::kDelivered, InputKind::kReturned,   InputKind::kSupplemented, InputKind::kEntered,
      InputKind::kFaulty,    InputKind::kLoopClosed, InputKind::kReported};
  return kKinds[input.what.index()];
}

std::string KeyOf(const CaseInput& input) {
  return std::visit([](const auto& what) { return DescribeOf(what).key; }, input.what);
}

std::string ContentOf(const CaseInput& input) {
  return std::visit([](const auto& what) { return DescribeOf(what).content; }, input.what);
}

}  // namespace xiufu::routing
