#include "services/intake/drivers/withdrawal_table.h"

namespace xiufu::intake {

void SqlWithdrawalTable::Insert(storage::Tx& tx, const WithdrawalRequested& request,
                                absl::string_view reason) const {
  tx.Run("INSERT INTO withdrawal (application, case_id, requested, reason) VALUES (?, ?, ?, ?)",
         request.application, request.case_id, request.requested_at, reason);
}

}  // namespace xiufu::intake
