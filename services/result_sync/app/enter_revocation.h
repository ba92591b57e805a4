#pragma once

#include "absl/status/status.h"
#include "services/result_sync/app/ports.h"

namespace xiufu::result {

// Routing took a finding that revokes an approval: it becomes a line of the ledger of its own.
class EnterRevocation {
 public:
  explicit EnterRevocation(const Ports* ports) : ports_(ports) {}

  // Told again it is nothing. NOT_FOUND while the decision is not entered; ALREADY_EXISTS for a
  // second finding about one case, INVALID_ARGUMENT for one about another decision: a person's
  // turn.
  absl::Status Handle(const TakenRevocation& taken, const messaging::Cause& cause,
                      storage::Tx& tx) const;

 private:
  const Ports* const ports_;
};

// Publication has restored the record. Noted whether or not the revocation is here yet: streams
// come in any order.
class ConfirmRestoration {
 public:
  explicit ConfirmRestoration(const Ports* ports) : ports_(ports) {}

  // Told again it is nothing.
  absl::Status Handle(const Restored& restored, const messaging::Cause& cause,
                      storage::Tx& tx) const;

 private:
  const Ports* const ports_;
};

}  // namespace xiufu::result
