#pragma once

#include "services/result_sync/app/ports.h"

namespace xiufu::result {

class EffectTable final : public Effects {
 public:
  void Insert(storage::Tx& tx, const Id& case_id, const Effect& effect) const override;
  bool Confirm(storage::Tx& tx, const Id& case_id, absl::string_view name,
               absl::Time at) const override;
  bool AllConfirmed(storage::Tx& tx, const Id& case_id) const override;
};

}  // namespace xiufu::result
