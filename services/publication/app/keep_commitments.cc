#include "services/publication/app/keep_commitments.h"

#include <optional>

namespace xiufu::publication {

absl::Status KeepCommitments::Publish(const EnteredDecision& decision, storage::Tx& tx) const {
  if (!decision.approved || !decision.commitment) return absl::OkStatus();
  const std::optional<Record> record = records_->Find(tx, decision.record);
  if (!record) return absl::NotFoundError("the record of the decision is unknown");
  Commitment commitment = *decision.commitment;
  commitment.decision = decision.decision;
  commitment.record = decision.record;
  commitment.subject_uscc = record->content.key.subject_uscc;
  commitment.subject_name = record->content.subject_name;
  commitment.record_document_no = record->content.key.document_no;
  commitments_->Insert(tx, commitment);
  return absl::OkStatus();
}

void KeepCommitments::Break(const RevokedDecision& decision, storage::Tx& tx) const {
  if (decision.breaks_commitment) commitments_->Break(tx, decision);
}

}  // namespace xiufu::publication
