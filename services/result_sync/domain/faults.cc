#include "services/result_sync/domain/faults.h"

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "libs/base/legal_day.h"
#include "libs/base/text.h"

namespace xiufu::result {
namespace {

constexpr size_t kLongestDecisionNo = 64;

void CheckDate(const TakenAnswer& answer, std::vector<std::string>& faults) {
  const absl::StatusOr<absl::CivilDay> day = ParseDay(answer.decision_date);
  if (!day.ok()) {
    faults.push_back("决定日期不是有效日期 / the decision date is no date");
  } else if (*day > LegalDay(answer.taken_at)) {
    faults.push_back("决定日期晚于收到日期 / the decision date is after the day it was received");
  }
}

void CheckRefusal(const TakenAnswer& answer, std::vector<std::string>& faults) {
  if (answer.outcome != Outcome::kRefused) return;
  bool reasoned = !answer.reasons.empty();
  for (const std::string& reason : answer.reasons) reasoned = reasoned && !reason.empty();
  if (!reasoned) faults.push_back("不予修复未说明理由 / a refusal without reasons");
  if (answer.remedies.empty()) {
    faults.push_back("不予修复未告知救济途径 / a refusal without remedies");
  }
}

}  // namespace

std::string FaultOf(const TakenAnswer& answer) {
  // Done already, and nobody to give another answer: entered as far as it was told.
  if (!answer.reported_by.empty()) return "";
  std::vector<std::string> faults;
  if (answer.outcome != Outcome::kApproved && answer.outcome != Outcome::kRefused) {
    faults.push_back("未作出准予或不予修复的决定 / neither approved nor refused");
  }
  if (!CheckText("decision_no", answer.decision_no, 1, kLongestDecisionNo).ok()) {
    faults.push_back("决定文号应为1至64个字符 / the decision number must have 1 to 64 characters");
  }
  CheckDate(answer, faults);
  CheckRefusal(answer, faults);
  if (answer.record_version == 0) {
    faults.push_back("未注明所依据的记录版本 / the version of the record is missing");
  }
  return absl::StrJoin(faults, "; ");
}

}  // namespace xiufu::result
