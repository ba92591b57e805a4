#include "services/intake/domain/withdraw_application.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "services/intake/domain/create_application.h"
#include "services/intake/domain/power_of_attorney.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {
namespace {

void CheckCaseNames(const std::vector<std::string>& names, std::vector<Id>& ids,
                    Violations& violations) {
  if (names.size() > kMaxRecords) {
    violations.Add("cases", absl::StrCat(names.size(), " cases"),
                   absl::StrCat("at most ", kMaxRecords));
    return;
  }
  std::set<Id> seen;
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string field = absl::StrCat("cases[", i, "]");
    absl::StatusOr<Id> id = ParseCaseName(field, names[i]);
    violations.Take(id.status());
    if (!id.ok()) continue;
    if (!seen.insert(*id).second) violations.Add(field, "given twice", "each case once");
    ids.push_back(*id);
  }
}

absl::StatusOr<std::vector<CaseView>> Meant(const Withdrawal& withdrawal,
                                            const std::vector<CaseView>& cases) {
  if (withdrawal.cases.empty()) return cases;
  std::vector<CaseView> meant;
  for (const Id& id : withdrawal.cases) {
    const auto found = std::find_if(cases.begin(), cases.end(),
                                    [&](const CaseView& view) { return view.id == id; });
    if (found == cases.end()) {
      return WithReason(absl::NotFoundError("no such case of this application"), "CASE_NOT_FOUND",
                        {{"case", CaseName(id)}});
    }
    meant.push_back(*found);
  }
  return meant;
}

// Whoever gives up all cases must not find one going on that was not there yet.
absl::Status CheckAllOpened(const Withdrawal& withdrawal, const Application& application,
                            const std::vector<CaseView>& cases) {
  const bool all = static_cast<int>(cases.size()) >= application.record_count;
  if (all || !withdrawal.cases.empty()) return absl::OkStatus();
  return WithReason(absl::FailedPreconditionError(
                        "正在转送办理，请稍后再撤回 / the cases are being opened: please ask again "
                        "in a moment"),
                    "CASES_BEING_OPENED");
}

}  // namespace

absl::StatusOr<Withdrawal> ValidateWithdrawal(const WithdrawCommand& command) {
  Violations violations;
  Withdrawal withdrawal;
  absl::StatusOr<Id> application = ParseApplicationName("name", command.application);
  violations.Take(application.status());
  CheckCaseNames(command.cases, withdrawal.cases, violations);
  violations.Take(CheckMultilineText("reason", command.reason, 0, 500));
  CheckActing(command.acting, violations);
  if (!violations.empty()) return violations.ToStatus();
  withdrawal.acting = command.acting;
  withdrawal.application = *application;
  withdrawal.reason = command.reason;
  return withdrawal;
}

absl::StatusOr<std::vector<Id>> DecideWithdrawal(const Withdrawal& withdrawal,
                                                 const Application& application,
                                                 const std::vector<CaseView>& cases) {
  if (IsDraft(application)) {
    return WithReason(absl::FailedPreconditionError(
                          "草稿尚未提交，无需撤回 / a draft was not submitted: nothing is to be "
                          "withdrawn"),
                      "APPLICATION_NOT_SUBMITTED");
  }
  absl::Status opened = CheckAllOpened(withdrawal, application, cases);
  if (!opened.ok()) return opened;
  absl::StatusOr<std::vector<CaseView>> meant = Meant(withdrawal, cases);
  if (!meant.ok()) return meant.status();
  if (std::none_of(meant->begin(), meant->end(), IsOpen)) {
    return WithReason(absl::FailedPreconditionError(
                          "各件均已办结，不能撤回 / every case has ended: nothing is left to "
                          "withdraw"),
                      "NOTHING_TO_WITHDRAW");
  }
  std::vector<Id> given_up;
  for (const CaseView& view : *meant) {
    if (IsOpen(view) && !IsWithdrawalRequested(view)) given_up.push_back(view.id);
  }
  return given_up;
}

}  // namespace xiufu::intake
