#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlHandOverTable final : public HandOverTable {
 public:
  std::optional<HandOver> Find(storage::Session& session, const Id& id) const override;
  std::optional<HandOver> OpenOf(storage::Session& session, const Id& matter) const override;
  std::vector<HandOver> List(storage::Session& session,
                             const HandOverFilter& filter) const override;
  void Insert(storage::Tx& tx, const HandOver& hand_over) const override;
  void SaveTaken(storage::Tx& tx, const HandOver& hand_over) const override;
};

}  // namespace xiufu::intake
