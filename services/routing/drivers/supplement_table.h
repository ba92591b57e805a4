#pragma once

#include "services/routing/app/ports.h"

namespace xiufu::routing {

class SupplementTable final : public Supplements {
 public:
  std::optional<std::string> FindMaterials(storage::Tx& tx, const Id& case_id,
                                           int round) const override;
  std::vector<std::string> AllMaterials(storage::Tx& tx, const Id& case_id) const override;
  void Insert(storage::Tx& tx, const Id& case_id, absl::Time at,
              const Supplemented& supplement) const override;
};

}  // namespace xiufu::routing
