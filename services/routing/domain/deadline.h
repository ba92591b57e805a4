#pragma once

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/calendar/calendar.h"
#include "libs/catalogue/receipt.h"
#include "libs/catalogue/rule.h"
#include "services/routing/domain/case.h"

namespace xiufu::routing {

inline constexpr char kAcceptDeadline[] = "ACCEPT";
inline constexpr char kDecideDeadline[] = "DECIDE";

using catalogue::DeadlineReceipt;
using catalogue::Pause;

// The last day for the decision as it would be if the case were accepted on the last day for that.
std::optional<absl::CivilDay> LastDayToDecide(const catalogue::Rule& rule,
                                              const std::vector<DeadlineReceipt>& from_receipt,
                                              const calendar::Calendar& calendar);

// Where a case stands for its clocks: a supplement or a decision that is not entered yet only
// interrupts them.
CaseState StateOfClocks(const Case& kase);
// Whether a deadline of this kind may still be met or missed.
bool IsOpen(const Case& kase, absl::string_view kind);
// The deadline whose clock runs in a state; empty when none does.
absl::string_view RunningDeadline(CaseState state);
// The first instant at which it is missed: midnight in Shanghai after its last day.
absl::Time MissedAt(const DeadlineReceipt& receipt);

}  // namespace xiufu::routing
