#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/result_sync/app/confirm_effects.h"
#include "services/result_sync/app/ports.h"

namespace xiufu::result {

// Routing took an answer: it is entered in the ledger and thereby final, or handed back as faulty.
class EnterDecision {
 public:
  EnterDecision(const Ports* ports, const ConfirmEffects* confirm)
      : ports_(ports), confirm_(confirm) {}

  // An answer that was dealt with before is nothing; another one for a case with a decision is
  // ALREADY_EXISTS.
  absl::Status Handle(const TakenAnswer& answer, const messaging::Cause& cause,
                      storage::Tx& tx) const;

 private:
  absl::StatusOr<bool> IsRepetition(const TakenAnswer& answer, storage::Tx& tx) const;
  void Enter(const TakenAnswer& answer, const messaging::Cause& cause, storage::Tx& tx) const;
  void TakeEarlyEnding(const Id& case_id, storage::Tx& tx) const;

  const Ports* const ports_;
  const ConfirmEffects* const confirm_;
};

}  // namespace xiufu::result
