#include "services/result_sync/app/confirm_effects.h"

namespace xiufu::result {

void ConfirmEffects::Handle(const PublicityEnded& ended, const messaging::Cause& cause,
                            storage::Tx& tx) const {
  const std::optional<EnteredDecision> decision = ports_->decisions->Find(tx, ended.case_id);
  if (!decision.has_value()) {
    ports_->early->Add(tx, {ended, cause});
    return;
  }
  if (decision->id != ended.decision) {
    ports_->conflicts->Add(tx, {.case_id = ended.case_id,
                                .application = ended.application,
                                .record = ended.record,
                                .decision = ended.decision,
                                .version = ended.version,
                                .reason = "依据另一决定终止公示 / ended by another decision"});
    return;
  }
  std::vector<std::string> names;
  for (const std::string& effect : ended.effects) names.push_back(ParseEffect(effect).name);
  Confirm(tx, cause, ended.case_id, decision->application, names, ended.ended_at);
}

void ConfirmEffects::Confirm(storage::Tx& tx, const messaging::Cause& cause, const Id& case_id,
                             const Id& application, const std::vector<std::string>& names,
                             absl::Time at) const {
  std::vector<std::string> confirmed;
  for (const std::string& name : names) {
    if (ports_->effects->Confirm(tx, case_id, name, at)) confirmed.push_back(name);
  }
  if (confirmed.empty()) return;
  ports_->events->EffectConfirmed(tx, cause, case_id, application, confirmed, at);
  if (ports_->effects->AllConfirmed(tx, case_id)) {
    ports_->events->LoopClosed(tx, cause, case_id, application, at);
  }
}

}  // namespace xiufu::result
