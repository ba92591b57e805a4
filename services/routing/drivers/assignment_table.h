#pragma once

#include "services/routing/app/ports.h"

namespace xiufu::routing {

class AssignmentTable final : public Assignments {
 public:
  void Insert(storage::Tx& tx, const Case& before, absl::Time at,
              const Assigned& assigned) const override;
};

}  // namespace xiufu::routing
