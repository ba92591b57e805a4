#pragma once

#include "services/routing/app/ports.h"

namespace xiufu::routing {

class CaseTable final : public Cases {
 public:
  std::optional<Case> Find(storage::Tx& tx, const Id& id) const override;
  void Insert(storage::Tx& tx, const Case& kase) const override;
  void Update(storage::Tx& tx, const Case& kase) const override;
};

}  // namespace xiufu::routing
