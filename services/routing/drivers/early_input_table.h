#pragma once

#include "services/routing/app/ports.h"

namespace xiufu::routing {

class EarlyInputTable final : public EarlyInputs {
 public:
  std::vector<EarlyInput> Of(storage::Tx& tx, const Id& case_id) const override;
  void Add(storage::Tx& tx, const Id& case_id, const EarlyInput& input) const override;
  void Remove(storage::Tx& tx, int64_t id) const override;
};

}  // namespace xiufu::routing
