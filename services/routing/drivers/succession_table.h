#pragma once

#include <vector>

#include "services/routing/app/ports.h"

namespace xiufu::routing {

class SuccessionTable final : public Successions {
 public:
  void Insert(storage::Tx& tx, const Id& case_id,
              const std::vector<Succession>& successions) const override;
};

}  // namespace xiufu::routing
