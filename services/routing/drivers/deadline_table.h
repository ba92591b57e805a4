#pragma once

#include "services/routing/app/ports.h"

namespace xiufu::routing {

class DeadlineTable final : public Deadlines {
 public:
  std::vector<DeadlineReceipt> Of(storage::Session& session, const Id& case_id) const override;
  void Put(storage::Tx& tx, const Id& case_id, const DeadlineReceipt& receipt) const override;
};

}  // namespace xiufu::routing
