#include "services/routing/domain/why_not.h"

#include "services/routing/domain/case_states.h"

namespace xiufu::routing {
namespace {

// Of a case that is over.
const char* BecauseItIsOver(CaseState state) {
  switch (state) {
    case CaseState::kNotAccepted:
      return "已不予受理 / it was not accepted";
    case CaseState::kWithdrawn:
      return "申请已撤回 / the application was withdrawn";
    case CaseState::kClosedNoSupplement:
      return "补正逾期，已办结 / closed, because no supplement came";
    default:
      return "决定已入账，不再采用 / a decision is entered already";
  }
}

const char* WhyNotRevoked(const Case& kase) {
  if (!kase.revoked_by.empty()) return "修复决定此前已撤销 / the approval was revoked before";
  if (kase.state != CaseState::kConcluded || kase.result != CaseResult::kApproved) {
    return "没有可以撤销的修复决定 / there is no approval to revoke";
  }
  return "认定情形或者日期不适用于该修复决定 / no such finding can be about this approval";
}

}  // namespace

std::string WhyNot(const Case& kase, const CaseInput& input, Meaning meaning) {
  if (meaning == Meaning::kConflict) return "与办件状态矛盾 / contradicts the state of the case";
  if (KindOf(input) == InputKind::kRevoked) return WhyNotRevoked(kase);
  if (IsFinal(kase.state)) return BecauseItIsOver(kase.state);
  if (kase.state == CaseState::kToBeAssigned) {
    return "已退回，待分办 / it was returned and is to be assigned";
  }
  if (kase.state == CaseState::kPreCheck) {
    return "预审中，尚未派发任务 / it is in pre-check; no authority has a task yet";
  }
  if (kase.state == CaseState::kWithUpstream) {
    return "在上级申请入口办理，本系统未派发任务 / it is dealt with upstream; nobody here has a "
           "task";
  }
  switch (KindOf(input)) {
    case InputKind::kSupplementAsked:
      return "再次要求补正须经主管人员同意 / asking for another supplement needs a supervisor";
    case InputKind::kExtended:
      return kase.state == CaseState::kExtended
                 ? "只能延长一次 / only one extension"
                 : "受理后、办理期限届满前方可延长，且须有延长规定 / only after the acceptance, "
                   "before the decision "
                   "is due, and where the rule knows an extension";
    default:
      return "已受理 / accepted already";
  }
}

}  // namespace xiufu::routing
