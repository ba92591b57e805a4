#pragma once

#include "absl/status/status.h"
#include "libs/storage/tx.h"
#include "services/publication/app/ports.h"

namespace xiufu::publication {

// Commitments are published with the approval that rests on them, and marked as broken with the
// finding that says so.
class KeepCommitments {
 public:
  KeepCommitments(const Records* records, const Commitments* commitments)
      : records_(records), commitments_(commitments) {}

  // The same decision again is a no-op. NOT_FOUND while the record is unknown (a feed may bring
  // it).
  absl::Status Publish(const EnteredDecision& decision, storage::Tx& tx) const;
  void Break(const RevokedDecision& decision, storage::Tx& tx) const;

 private:
  const Records* records_;
  const Commitments* commitments_;
};

}  // namespace xiufu::publication
