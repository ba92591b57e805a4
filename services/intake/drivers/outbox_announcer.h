#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

// The stream "intake".
class OutboxAnnouncer final : public Announcer {
 public:
  void Submitted(storage::Tx& tx, const messaging::Cause& cause,
                 const ApplicationSubmitted& event) const override;
  void Supplemented(storage::Tx& tx, const messaging::Cause& cause,
                    const ApplicationSupplemented& event) const override;
  void Missed(storage::Tx& tx, const messaging::Cause& cause,
              const SupplementMissed& event) const override;
  void AskedToWithdraw(storage::Tx& tx, const messaging::Cause& cause,
                       const WithdrawalRequested& event) const override;
  void Objected(storage::Tx& tx, const messaging::Cause& cause, const Objection& objection,
                const std::vector<Material>& evidence) const override;
  void GaveUpObjection(storage::Tx& tx, const messaging::Cause& cause, const Id& objection,
                       absl::Time at) const override;
};

}  // namespace xiufu::intake
