#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/publication/app/notice_ports.h"
#include "services/publication/app/ports.h"
#include "services/publication/domain/decision.h"
#include "services/publication/domain/revocation.h"

namespace xiufu::publication {

// xiufu.result.v1.DecisionEntered. INVALID_ARGUMENT for bytes that are none, or lack an id or the
// entry's time.
absl::StatusOr<EnteredDecision> DecodeDecisionEntered(absl::string_view data);

// xiufu.result.v1.DecisionRevoked. INVALID_ARGUMENT as above.
absl::StatusOr<RevokedDecision> DecodeDecisionRevoked(absl::string_view data);

// Events of the stream "publication". All of their content comes from the decision, never from the
// time at which it was handled.
class OutboxAnnouncer final : public Announcer {
 public:
  void Announce(storage::Tx& tx, const messaging::Cause& cause,
                const Ending& ending) const override;
};

class OutboxImportAnnouncer final : public ImportAnnouncer {
 public:
  void Announce(storage::Tx& tx, const messaging::Cause& cause,
                const Import& import) const override;
};

class OutboxReportAnnouncer final : public ReportAnnouncer {
 public:
  void Announce(storage::Tx& tx, const messaging::Cause& cause, const ReportedResult& result,
                uint64_t found_version, const Record& record) const override;
};

class OutboxRestorationAnnouncer final : public RestorationAnnouncer {
 public:
  void Announce(storage::Tx& tx, const messaging::Cause& cause, const RevokedDecision& decision,
                const Record& record) const override;
};

class OutboxExpiryAnnouncer final : public ExpiryAnnouncer {
 public:
  void Announce(storage::Tx& tx, const messaging::Cause& cause,
                const Record& record) const override;
};

class OutboxReminderAnnouncer final : public ReminderAnnouncer {
 public:
  void Announce(storage::Tx& tx, const messaging::Cause& cause,
                const Reminders::Due& due) const override;
};

}  // namespace xiufu::publication
