#pragma once

#include "services/publication/app/ports.h"

namespace xiufu::publication {

// Tables "reported_result" and "withdrawal".
class SqlReports final : public ReportedResults {
 public:
  std::optional<ReportedResult> Find(storage::Session& session, const Id& record,
                                     Reported::Kind kind) const override;
  void Insert(storage::Tx& tx, const ReportedResult& result) const override;
  void InsertWithdrawal(storage::Tx& tx, const Withdrawal& withdrawal) const override;

  // As it is told.
  struct KeptWithdrawal {
    int64_t id = 0;
    Id record;
    absl::CivilDay due;
    absl::Time withdrawn_at;
    std::string receipt;  // ReceiptJson
  };
  std::optional<KeptWithdrawal> FindWithdrawal(storage::Session& session, const Id& record) const;
  // In the order in which they were withdrawn, behind the one with this id.
  std::vector<KeptWithdrawal> Withdrawals(storage::Session& session, int64_t after,
                                          int limit) const;
};

}  // namespace xiufu::publication
