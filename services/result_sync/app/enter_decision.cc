#include "services/result_sync/app/enter_decision.h"

#include "absl/strings/str_cat.h"
#include "services/result_sync/domain/faults.h"

namespace xiufu::result {

absl::Status EnterDecision::Handle(const TakenAnswer& answer, const messaging::Cause& cause,
                                   storage::Tx& tx) const {
  const absl::StatusOr<bool> repetition = IsRepetition(answer, tx);
  if (!repetition.ok() || *repetition) return repetition.status();
  const std::string fault = FaultOf(answer);
  if (fault.empty()) {
    Enter(answer, cause, tx);
    return absl::OkStatus();
  }
  ports_->faults->Insert(tx, answer, fault);
  ports_->events->DecisionFaulty(tx, cause, answer, fault);
  return absl::OkStatus();
}

absl::StatusOr<bool> EnterDecision::IsRepetition(const TakenAnswer& answer, storage::Tx& tx) const {
  const std::optional<std::string> faulty =
      ports_->faults->FindContent(tx, answer.case_id, answer.answer_id);
  if (faulty.has_value() && *faulty == answer.content) return true;
  const std::optional<EnteredDecision> entered = ports_->decisions->Find(tx, answer.case_id);
  if (entered.has_value() && entered->content == answer.content) return true;
  if (!faulty.has_value() && !entered.has_value()) return false;
  return absl::AlreadyExistsError(
      absl::StrCat("case ", answer.case_id.ToString(), ": another answer was dealt with already"));
}

void EnterDecision::Enter(const TakenAnswer& answer, const messaging::Cause& cause,
                          storage::Tx& tx) const {
  const Decision decision{cause.Derive("decision"), answer, answer.taken_at};
  ports_->decisions->Insert(tx, decision);
  ports_->events->DecisionEntered(tx, cause, decision);
  std::vector<std::string> confirmed;
  for (const Effect& effect : EffectsOf(decision)) {
    ports_->effects->Insert(tx, answer.case_id, effect);
    if (ConfirmedByDecision(effect)) confirmed.push_back(effect.name);
  }
  confirm_->Confirm(tx, cause, answer.case_id, answer.application, confirmed, decision.entered_at);
  TakeEarlyEnding(answer.case_id, tx);
}

void EnterDecision::TakeEarlyEnding(const Id& case_id, storage::Tx& tx) const {
  const std::optional<EarlyEnding> early = ports_->early->Find(tx, case_id);
  if (!early.has_value()) return;
  ports_->early->Remove(tx, case_id);
  confirm_->Handle(early->ended, early->cause, tx);
}

}  // namespace xiufu::result
