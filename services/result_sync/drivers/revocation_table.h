#pragma once

#include "services/result_sync/app/ports.h"

namespace xiufu::result {

class RevocationTable final : public Revocations {
 public:
  std::optional<EnteredRevocation> Find(storage::Tx& tx, const Id& case_id) const override;
  void Insert(storage::Tx& tx, const Revocation& revocation) const override;
  bool Confirm(storage::Tx& tx, const Restored& restored) const override;
};

}  // namespace xiufu::result
