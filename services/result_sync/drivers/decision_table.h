#pragma once

#include "services/result_sync/app/ports.h"

namespace xiufu::result {

class DecisionTable final : public Decisions {
 public:
  std::optional<EnteredDecision> Find(storage::Tx& tx, const Id& case_id) const override;
  void Insert(storage::Tx& tx, const Decision& decision) const override;
};

}  // namespace xiufu::result
