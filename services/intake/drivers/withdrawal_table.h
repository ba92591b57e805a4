#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlWithdrawalTable final : public WithdrawalTable {
 public:
  void Insert(storage::Tx& tx, const WithdrawalRequested& request,
              absl::string_view reason) const override;
};

}  // namespace xiufu::intake
