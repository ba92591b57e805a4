#pragma once

#include "services/publication/app/ports.h"

namespace xiufu::publication {

// Table "commitment".
class SqlCommitments final : public Commitments {
 public:
  void Insert(storage::Tx& tx, const Commitment& commitment) const override;
  void Break(storage::Tx& tx, const RevokedDecision& decision) const override;
  std::vector<Commitment> OfSubject(storage::Session& session, absl::string_view uscc,
                                    const std::optional<CommitmentPosition>& after,
                                    int limit) const override;
};

}  // namespace xiufu::publication
