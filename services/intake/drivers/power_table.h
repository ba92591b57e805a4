#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlPowerTable final : public PowerTable {
 public:
  std::optional<PowerOfAttorney> LatestOf(storage::Session& session,
                                          const Id& application) const override;
  void Insert(storage::Tx& tx, const Id& application, const PowerOfAttorney& power) const override;
  std::vector<AgentCount> Count(storage::Session& session,
                                const AgentFilter& filter) const override;
};

}  // namespace xiufu::intake
