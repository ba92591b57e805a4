#pragma once

#include "services/result_sync/app/ports.h"

namespace xiufu::result {

class EarlyEndingTable final : public EarlyEndings {
 public:
  std::optional<EarlyEnding> Find(storage::Tx& tx, const Id& case_id) const override;
  void Add(storage::Tx& tx, const EarlyEnding& early) const override;
  void Remove(storage::Tx& tx, const Id& case_id) const override;
};

}  // namespace xiufu::result
