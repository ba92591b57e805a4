#pragma once

#include "services/routing/app/supervision_ports.h"

namespace xiufu::routing {

class SupervisionLogTable final : public SupervisionLog {
 public:
  bool NoteLight(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt, Light light,
                 absl::Time at) const override;
  void NoteEscalation(storage::Tx& tx, const Case& kase, const EscalationNote& note) const override;
};

class CaseClockTable final : public CaseClocks {
 public:
  void BeginPause(storage::Tx& tx, const Case& asked) const override;
  void EndPause(storage::Tx& tx, const Id& case_id, absl::Time at) const override;
  std::vector<CasePause> Pauses(storage::Tx& tx, const Id& case_id) const override;
  absl::Time PassedOn(storage::Tx& tx, const Id& case_id) const override;
  void PutTimes(storage::Tx& tx, const Case& ended, const CaseTimes& times) const override;
};

}  // namespace xiufu::routing
