#pragma once

#include "services/result_sync/app/ports.h"

namespace xiufu::result {

// Puts events on "result".
class EventEmitter final : public EventSink {
 public:
  void DecisionEntered(storage::Tx& tx, const messaging::Cause& cause,
                       const Decision& decision) const override;
  void DecisionFaulty(storage::Tx& tx, const messaging::Cause& cause, const TakenAnswer& answer,
                      absl::string_view reason) const override;
  void EffectConfirmed(storage::Tx& tx, const messaging::Cause& cause, const Id& case_id,
                       const Id& application, const std::vector<std::string>& effects,
                       absl::Time at) const override;
  void DecisionRevoked(storage::Tx& tx, const messaging::Cause& cause,
                       const Revocation& revocation) const override;
  void RestorationConfirmed(storage::Tx& tx, const messaging::Cause& cause,
                            const Restored& restored) const override;
  void LoopClosed(storage::Tx& tx, const messaging::Cause& cause, const Id& case_id,
                  const Id& application, absl::Time at) const override;
};

}  // namespace xiufu::result
