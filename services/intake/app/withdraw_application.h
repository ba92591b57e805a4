#pragma once

#include "services/intake/app/application_view.h"
#include "services/intake/app/call_cause.h"
#include "services/intake/app/case_projector.h"
#include "services/intake/app/client_write.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/withdraw_application.h"

namespace xiufu::intake {

// Asks routing to let cases go; it alone knows whether an answer was taken before. Any thread.
class WithdrawApplicationCase {
 public:
  WithdrawApplicationCase(CallContext context, Tables tables, const CaseProjector* projector,
                          const Announcer* announcer);

  // The refusals of ValidateWithdrawal and DecideWithdrawal; NOT_FOUND for an application of
  // another principal.
  void operator()(const Call& call, const WithdrawCommand& command,
                  ClientWrite<ApplicationView> write);

  // On the writer, for who has checked the form.
  absl::StatusOr<ApplicationView> Withdraw(storage::Tx& tx, const Call& call,
                                           const Withdrawal& withdrawal, absl::Time now) const;

 private:
  const CallContext context_;
  const Tables tables_;
  const CaseProjector* const projector_;
  const Announcer* const announcer_;
};

}  // namespace xiufu::intake
