#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/intake/domain/case_events.h"
#include "services/intake/domain/pushed.h"
#include "services/intake/domain/record_reminder.h"

namespace xiufu::intake {

// The events that intake takes. INVALID_ARGUMENT for bytes that are none, for bad ids, times and
// states.
absl::StatusOr<CaseOpened> DecodeCaseOpened(absl::string_view data);
absl::StatusOr<CaseChanged> DecodeCaseChanged(absl::string_view data);
absl::StatusOr<DeadlinesMoved> DecodeDeadlinesMoved(absl::string_view data);
absl::StatusOr<DeadlineMissed> DecodeLightChanged(absl::string_view data);
absl::StatusOr<SupplementOverdue> DecodeSupplementOverdue(absl::string_view data);
absl::StatusOr<WithdrawalRefused> DecodeWithdrawalRefused(absl::string_view data);
absl::StatusOr<ObjectionNews> DecodeObjectionChanged(absl::string_view data);
absl::StatusOr<DecisionEntered> DecodeDecisionEntered(absl::string_view data);
absl::StatusOr<DecisionRevoked> DecodeDecisionRevoked(absl::string_view data);
absl::StatusOr<RestorationConfirmed> DecodeRestorationConfirmed(absl::string_view data);
absl::StatusOr<LoopClosed> DecodeLoopClosed(absl::string_view data);
absl::StatusOr<RecordsImported> DecodeRecordsImported(absl::string_view data);
// Without `at`, which its envelope has.
absl::StatusOr<RecordReminder> DecodeReminderDue(absl::string_view data);

}  // namespace xiufu::intake
