#pragma once

#include "services/publication/app/ports.h"

namespace xiufu::publication {

// Table "revocation".
class SqlRevocations final : public Revocations {
 public:
  bool Has(storage::Session& session, const Id& decision) const override;
  void Insert(storage::Tx& tx, const RevokedDecision& decision) const override;
};

}  // namespace xiufu::publication
