#include "services/routing/domain/case_input.h"

#include <iterator>

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
Describe DescribeOf(const SupplementMissed& missed) {
  return {absl::StrCat("missed/", missed.round), ""};
}
Describe DescribeOf(const WithdrawalAsked&) { return {"withdrawal", ""}; }
Describe DescribeOf(const Assigned& assigned) {
  return {absl::StrCat("assigned/", assigned.task.id.ToString()), assigned.authority.code};
}
Describe DescribeOf(const SupplementAllowed& allowed) {
  return {absl::StrCat("allowed/", allowed.answer_id), allowed.person};
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

Describe DescribeOf(const Told& told) { return {told.answer_id, ""}; }
Describe DescribeOf(const Reviewed& reviewed) {
  return {absl::StrCat("review/", reviewed.review), reviewed.person};
}

// In the order of Answered::kind.
constexpr InputKind kAnswerKinds[] = {InputKind::kAccepted,        InputKind::kNotAccepted,
                                      InputKind::kSupplementAsked, InputKind::kExtended,
                                      InputKind::kDecided,         InputKind::kReturned,
                                      InputKind::kRevoked};

constexpr absl::string_view kNames[] = {"DELIVERED",
                                        "ACCEPTED",
                                        "NOT_ACCEPTED",
                                        "SUPPLEMENT_REQUESTED",
                                        "NEEDLESSLY_REQUESTED",
                                        "EXTENDED",
                                        "DECIDED",
                                        "RETURNED",
                                        "REVOKED",
                                        "SUPPLEMENTED",
                                        "SUPPLEMENT_MISSED",
                                        "WITHDRAWAL_REQUESTED",
                                        "ASSIGNED",
                                        "SUPPLEMENT_ALLOWED",
                                        "ENTERED",
                                        "FAULTY",
                                        "LOOP_CLOSED",
                                        "REPORTED",
                                        "TOLD_FILED",
                                        "TOLD_ACCEPTED",
                                        "TOLD_NOT_ACCEPTED",
                                        "TOLD_REFUSED",

                                        "REVIEW_PASSED",
                                        "REVIEW_DEFECTS",
                                        "REVIEW_TIME_UP"};
static_assert(std::size(kNames) == kInputKinds);

}  // namespace

absl::string_view NameOf(InputKind kind) { return kNames[static_cast<int>(kind)]; }

bool IsAnswer(InputKind kind) {
  return kind >= InputKind::kAccepted && kind <= InputKind::kRevoked;
}

InputKind AnswerKindOf(const Answered& answered) { return kAnswerKinds[answered.kind.index()]; }

InputKind KindOf(const CaseInput& input) {
  if (const auto* answered = std::get_if<Answered>(&input.what)) {
    const auto* asked = std::get_if<SupplementAsked>(&answered->kind);
    const bool needless =
        asked != nullptr && !asked->on_file.empty() && DefectsLeft(*asked).empty();
    return needless ? InputKind::kNeedlesslyAsked : AnswerKindOf(*answered);
  }
  if (const auto* reviewed = std::get_if<Reviewed>(&input.what)) {
    constexpr InputKind kReviews[] = {InputKind::kReviewPassed, InputKind::kReviewDefects,
                                      InputKind::kReviewTimeUp};
    return kReviews[static_cast<int>(reviewed->outcome)];
  }
  if (const auto* told = std::get_if<Told>(&input.what)) {
    constexpr InputKind kTold[] = {InputKind::kToldFiled, InputKind::kToldAccepted,
                                   InputKind::kToldNotAccepted, InputKind::kToldRefused};
    return kTold[told->kind.index()];
  }
  // In the order of the variant; those above have been dealt with.
  constexpr InputKind kKinds[] = {
      InputKind::kDelivered,         InputKind::kReturned,        InputKind::kSupplemented,
      InputKind::kSupplementMissed,  InputKind::kWithdrawalAsked, InputKind::kAssigned,
      InputKind::kSupplementAllowed, InputKind::kEntered,         InputKind::kFaulty,
      InputKind::kLoopClosed,        InputKind::kReported};
  return kKinds[input.what.index()];
}

std::string KeyOf(const CaseInput& input) {
  return std::visit([](const auto& what) { return DescribeOf(what).key; }, input.what);
}

std::string ContentOf(const CaseInput& input) {
  return std::visit([](const auto& what) { return DescribeOf(what).content; }, input.what);
}

}  // namespace xiufu::routing
