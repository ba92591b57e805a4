#pragma once

#include "services/result_sync/app/ports.h"

namespace xiufu::result {

class ConflictTable final : public Conflicts {
 public:
  void Add(storage::Tx& tx, const Conflict& conflict) const override;
};

}  // namespace xiufu::result
