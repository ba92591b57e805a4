#pragma once

#include "services/result_sync/app/ports.h"

namespace xiufu::result {

class FaultTable final : public Faults {
 public:
  std::optional<std::string> FindContent(storage::Tx& tx, const Id& case_id,
                                         absl::string_view answer_id) const override;
  void Insert(storage::Tx& tx, const TakenAnswer& answer, absl::string_view reason) const override;
};

}  // namespace xiufu::result
