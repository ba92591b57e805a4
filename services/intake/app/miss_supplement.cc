#include "services/intake/app/miss_supplement.h"

namespace xiufu::intake {

absl::Status MissSupplement::operator()(const SupplementOverdue& event,
                                        const messaging::Cause& cause, storage::Tx& tx) const {
  bool missed = false;
  absl::Status status = (*project_)(
      tx, event.application, event.case_id,
      [&](const std::optional<CaseView>& known) -> absl::StatusOr<CaseProjection> {
        absl::StatusOr<CaseProjection> projection = ProjectSupplementOverdue(known, event);
        missed = projection.ok() && projection->changed;
        return projection;
      });
  if (!status.ok() || !missed) return status;
  announcer_->Missed(tx, cause, {event.application, event.case_id, event.round, cause.now});
  return tx.status();
}

}  // namespace xiufu::intake
