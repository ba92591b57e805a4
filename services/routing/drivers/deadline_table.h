#pragma once

#include "services/routing/app/ports.h"

namespace xiufu::routing {

class DeadlineTable final : public Deadlines {
 public:
  // The same outside the writer.
  std::vector<DeadlineReceipt> Read(storage::Session& session, const Id& case_id) const;
  std::vector<DeadlineReceipt> Of(storage::Tx& tx, const Id& case_id) const override;
  void Put(storage::Tx& tx, const Id& case_id, const DeadlineReceipt& receipt) const override;
};

}  // namespace xiufu::routing
