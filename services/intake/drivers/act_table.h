#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlActTable final : public ActTable {
 public:
  void Insert(storage::Tx& tx, const Id& application, Act act, Capacity capacity,
              absl::Time at) const override;
};

}  // namespace xiufu::intake
