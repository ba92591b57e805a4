#include "services/intake/app/withdraw_application.h"

#include <algorithm>
#include <utility>

#include "services/intake/app/check_act.h"
#include "services/intake/domain/project_case.h"

namespace xiufu::intake {

WithdrawApplicationCase::WithdrawApplicationCase(CallContext context, Tables tables,
                                                 const CaseProjector* projector,
                                                 const Announcer* announcer)
    : context_(context), tables_(tables), projector_(projector), announcer_(announcer) {}

void WithdrawApplicationCase::operator()(const Call& call, const WithdrawCommand& command,
                                         ClientWrite<ApplicationView> write) {
  absl::StatusOr<Withdrawal> withdrawal = ValidateWithdrawal(command);
  if (!withdrawal.ok()) return write.done(withdrawal.status());
  const absl::Time now = NowOf(context_);
  RunOnce(std::move(write), [this, call, withdrawal = *std::move(withdrawal),
                             now](storage::Tx& tx) { return Withdraw(tx, call, withdrawal, now); });
}

absl::StatusOr<ApplicationView> WithdrawApplicationCase::Withdraw(storage::Tx& tx, const Call& call,
                                                                  const Withdrawal& withdrawal,
                                                                  absl::Time now) const {
  const Id& id = withdrawal.application;
  absl::StatusOr<Application> application = FindOwned(tx, tables_, id, call.principal);
  if (!application.ok()) return application.status();
  ApplicationView view = LoadView(tx, tables_, *application);
  absl::StatusOr<std::vector<Id>> given_up =
      DecideWithdrawal(withdrawal, view.application, view.cases);
  if (!given_up.ok()) return given_up.status();
  std::vector<Id> records;
  for (const CaseView& one : view.cases) {
    const bool meant = std::find(given_up->begin(), given_up->end(), one.id) != given_up->end();
    if (meant) records.push_back(one.record);
  }
  const Doing doing{Act::kWithdraw, withdrawal.acting, records};
  absl::Status may = CheckAct(tx, tables_, *application, doing, now);
  if (!may.ok()) return may;
  const messaging::Cause cause = CauseOfCall(context_, call, id, now);
  for (const Id& case_id : *given_up) {
    const auto found = std::find_if(view.cases.begin(), view.cases.end(),
                                    [&](const CaseView& one) { return one.id == case_id; });
    projector_->Store(tx, view.application, view.cases, ProjectWithdrawalRequested(*found, now));
    const WithdrawalRequested request{id, case_id, now};
    tables_.withdrawals->Insert(tx, request, withdrawal.reason);
    announcer_->AskedToWithdraw(tx, cause, request);
  }
  return view;
}

}  // namespace xiufu::intake
