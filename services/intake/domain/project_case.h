#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "services/intake/domain/case_events.h"
#include "services/intake/domain/case_view.h"
#include "services/intake/domain/timeline.h"

namespace xiufu::intake {

// What an event about a case makes of the applicant's view of it. Routing's and the ledger's
// streams are independent, so an event of one never waits for an event of the other: what comes
// early is kept in the view and told when its time has come. Within a stream, an event that comes
// before the one that it builds upon is refused and tried again.
struct CaseProjection {
  CaseView view;
  bool changed = false;    // false: a repeated or late event, nothing to store
  std::vector<News> news;  // what the applicant is told, in order
};

// `known` is the view so far, nothing when no event of the case has come.

// ALREADY_EXISTS when the case was opened for another record: that can never be right.
absl::StatusOr<CaseProjection> ProjectOpened(const std::optional<CaseView>& known,
                                             const CaseOpened& event);

// FAILED_PRECONDITION when the case is not opened yet or a version before this one is missing. An
// end counts whatever its version: a routing that was restored from a backup counts anew from
// there. It ends a request for withdrawal as well, whichever end it is.
absl::StatusOr<CaseProjection> ProjectChanged(const std::optional<CaseView>& known,
                                              const CaseChanged& event);

// FAILED_PRECONDITION when the case is not opened yet. The applicant is told when a day moved, not
// when it only became firm.
absl::StatusOr<CaseProjection> ProjectMoved(const std::optional<CaseView>& known,
                                            const DeadlinesMoved& event);

// FAILED_PRECONDITION when the case is not opened yet. Told once for each due date of the
// authority; nothing of one that is another day by now, and of a case that is over.
absl::StatusOr<CaseProjection> ProjectMissed(const std::optional<CaseView>& known,
                                             const DeadlineMissed& event);

CaseProjection ProjectEntered(const std::optional<CaseView>& known, const DecisionEntered& event);
CaseProjection ProjectLoopClosed(const std::optional<CaseView>& known, const LoopClosed& event);

// The case stays concluded. Told once the conclusion has been told; that the record is restored,
// after that.
CaseProjection ProjectRevoked(const std::optional<CaseView>& known, const DecisionRevoked& event);
CaseProjection ProjectRestored(const std::optional<CaseView>& known,
                               const RestorationConfirmed& event);

// FAILED_PRECONDITION when the case is not opened yet. The case is again in the state it had.
absl::StatusOr<CaseProjection> ProjectWithdrawalRefused(const std::optional<CaseView>& known,
                                                        const WithdrawalRefused& event);

// FAILED_PRECONDITION when the case or the request of this round is not known yet. Changed when no
// supplement came before: then none is taken any more. Nothing is told before the case is closed.
absl::StatusOr<CaseProjection> ProjectSupplementOverdue(const std::optional<CaseView>& known,
                                                        const SupplementOverdue& event);

// The applicant answered the open supplement request.
CaseProjection ProjectSupplemented(const CaseView& known, absl::Time supplemented);

// The applicant gives an open case up. A second request is nothing new.
CaseProjection ProjectWithdrawalRequested(const CaseView& known, absl::Time requested);

}  // namespace xiufu::intake
