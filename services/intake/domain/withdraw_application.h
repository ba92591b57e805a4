#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/intake/domain/application.h"
#include "services/intake/domain/case_view.h"

namespace xiufu::intake {

// What a client asks for, as it came.
struct WithdrawCommand {
  std::string application;
  std::vector<std::string> cases;  // none: all that are open
  std::string reason;
  Capacity acting = Capacity::kUnspecified;  // who does it; unspecified: the applicant
};

// The same, checked.
struct Withdrawal {
  Id application;
  std::vector<Id> cases;
  std::string reason;
  Capacity acting = Capacity::kUnspecified;
};

// INVALID_ARGUMENT with every violation at once.
absl::StatusOr<Withdrawal> ValidateWithdrawal(const WithdrawCommand& command);

// `cases`: those of the application that are opened. The ones to be given up: open, and not asked
// for before. FAILED_PRECONDITION with reason APPLICATION_NOT_SUBMITTED for a draft,
// CASES_BEING_OPENED when all are meant and routing has not opened all, NOTHING_TO_WITHDRAW when
// none that is meant is open; NOT_FOUND with reason CASE_NOT_FOUND.
absl::StatusOr<std::vector<Id>> DecideWithdrawal(const Withdrawal& withdrawal,
                                                 const Application& application,
                                                 const std::vector<CaseView>& cases);

// What routing is told, once a case.
struct WithdrawalRequested {
  Id application;
  Id case_id;
  absl::Time requested_at;
};

}  // namespace xiufu::intake
