#pragma once

#include "services/intake/app/front_door_ports.h"

namespace xiufu::intake {

class SqlReturnTable final : public ReturnTable {
 public:
  void Append(storage::Tx& tx, const StoredPush& push,
              const UpstreamReturn& content) const override;
  std::optional<Id> NextOf(storage::Tx& tx, const Id& push) const override;
  std::optional<Row> Find(storage::Session& session, const Id& id) const override;
  void MarkReturned(storage::Tx& tx, const Id& id, absl::Time at) const override;
};

}  // namespace xiufu::intake
