#pragma once

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/calendar/calendar.h"
#include "libs/catalogue/receipt.h"
#include "libs/catalogue/rule.h"
#include "libs/catalogue/start_event.h"
#include "services/routing/domain/case.h"
#include "services/routing/domain/law.h"

namespace xiufu::routing {

inline constexpr char kAcceptDeadline[] = "ACCEPT";
inline constexpr char kDecideDeadline[] = "DECIDE";
inline constexpr char kExtendDeadline[] = "EXTEND";    // takes the place of DECIDE, from its end on
inline constexpr char kOverallDeadline[] = "OVERALL";  // from receipt to conclusion
inline constexpr char kSupplementDeadline[] = "SUPPLEMENT";  // the applicant's
inline constexpr char kPreCheckDeadline[] = "PRE_CHECK";     // the reviewer's; then it is passed on
inline constexpr char kDeliverDeadline[] = "DELIVER";  // ours, until the authority's system has it
// From the decision on, until its effects are confirmed; no part of the case's own time.
inline constexpr char kExecuteDeadline[] = "EXECUTE";
inline constexpr char kShareDeadline[] = "SHARE";
inline constexpr absl::string_view kDeadlineKinds[] = {
    kAcceptDeadline,     kDecideDeadline,  kExtendDeadline,  kOverallDeadline,
    kSupplementDeadline, kDeliverDeadline, kExecuteDeadline, kShareDeadline};

using catalogue::DeadlineReceipt;
using catalogue::Pause;

// Receipts of what `event` (start_event.h) starts: the rule's deadlines, then the suite's own of
// the kinds that the rule has none of.
std::vector<DeadlineReceipt> StartedBy(const Law& law, absl::string_view event, absl::CivilDay day);

// The last day for the decision as it would be if the case were accepted on the last day for that.
std::optional<absl::CivilDay> LastDayToDecide(const catalogue::Rule& rule,
                                              const std::vector<DeadlineReceipt>& from_receipt,
                                              const calendar::Calendar& calendar);

// Where a case stands for its clocks: a supplement or a decision that is not entered yet only
// interrupts them.
CaseState StateOfClocks(const Case& kase);
// Whether a deadline of this kind may still be met or missed.
bool IsOpen(const Case& kase, absl::string_view kind);
// The deadlines whose clocks run in a state; none of the authority's while the applicant has the
// turn, and none in a case that is over.
absl::Span<const absl::string_view> ClocksOf(CaseState state);
// Also those of the effects of an approval, after the case is over.
absl::Span<const absl::string_view> ClocksOf(const Case& kase);
bool Runs(CaseState state, absl::string_view kind);
bool Runs(const Case& kase, absl::string_view kind);
// The deadlines of a case that the authority extends on the day that the decision is due: the one
// of the extension, and the overall limit, which grows by as much. None when the rule knows no
// extension or there is nothing to extend.
std::vector<DeadlineReceipt> AfterExtension(const catalogue::Rule& rule,
                                            const std::vector<DeadlineReceipt>& deadlines,
                                            const calendar::Calendar& calendar);
// The first instant at which it is missed: midnight in Shanghai after its last day.
absl::Time MissedAt(const DeadlineReceipt& receipt);

}  // namespace xiufu::routing
