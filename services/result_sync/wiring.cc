#include "services/result_sync/wiring.h"

#include <memory>

#include "services/result_sync/app/confirm_effects.h"
#include "services/result_sync/app/enter_decision.h"
#include "services/result_sync/app/enter_revocation.h"
#include "services/result_sync/app/note_refused_ending.h"
#include "services/result_sync/app/ports.h"
#include "services/result_sync/drivers/conflict_table.h"
#include "services/result_sync/drivers/decision_table.h"
#include "services/result_sync/drivers/early_ending_table.h"
#include "services/result_sync/drivers/effect_table.h"
#include "services/result_sync/drivers/event_codec.h"
#include "services/result_sync/drivers/event_emitter.h"
#include "services/result_sync/drivers/fault_table.h"
#include "services/result_sync/drivers/revocation_table.h"

namespace xiufu::result {
namespace {

// The service's objects; the handlers share them.
struct Assembly {
  DecisionTable decisions;
  FaultTable faults;
  EffectTable effects;
  EarlyEndingTable early;
  ConflictTable conflicts;
  RevocationTable revocations;
  EventEmitter events;
  Ports ports{&decisions, &faults, &effects, &early, &conflicts, &revocations, &events};
  ConfirmEffects confirm_effects{&ports};
  EnterDecision enter_decision{&ports, &confirm_effects};
  NoteRefusedEnding note_refused_ending{&ports};
  EnterRevocation enter_revocation{&ports};
  ConfirmRestoration confirm_restoration{&ports};
};

}  // namespace

service::Wiring WireResultSync() {
  auto ledger = std::make_shared<Assembly>();
  service::Wiring wiring;
  wiring.service = "result_sync";
  wiring.subscriptions = {{"result_sync", {"routing", "publication"}}};

  wiring.router.On(
      "xiufu.routing.answer_taken.v1", DecodeAnswerTaken,
      [ledger](const TakenAnswer& answer, const messaging::Cause& cause, storage::Tx& tx) {
        return ledger->enter_decision.Handle(answer, cause, tx);
      });
  wiring.router.On(
      "xiufu.publication.publicity_ended.v1", DecodePublicityEnded,
      [ledger](const PublicityEnded& ended, const messaging::Cause& cause, storage::Tx& tx) {
        ledger->confirm_effects.Handle(ended, cause, tx);
        return absl::OkStatus();
      });
  wiring.router.On("xiufu.publication.ending_refused.v1", DecodeEndingRefused,
                   [ledger](const Conflict& refused, const messaging::Cause&, storage::Tx& tx) {
                     return ledger->note_refused_ending.Handle(refused, tx);
                   });
  wiring.router.On(
      "xiufu.routing.revocation_taken.v1", DecodeRevocationTaken,
      [ledger](const TakenRevocation& taken, const messaging::Cause& cause, storage::Tx& tx) {
        return ledger->enter_revocation.Handle(taken, cause, tx);
      });
  wiring.router.On(
      "xiufu.publication.publicity_restored.v1", DecodePublicityRestored,
      [ledger](const Restored& restored, const messaging::Cause& cause, storage::Tx& tx) {
        return ledger->confirm_restoration.Handle(restored, cause, tx);
      });
  wiring.router.Ignore("xiufu.publication.records_imported.v1");
  wiring.router.Ignore("xiufu.publication.reminder_due.v1");
  wiring.router.Ignore("xiufu.publication.publicity_expired.v1");
  wiring.router.Ignore("xiufu.publication.result_reported.v1");
  wiring.router.Ignore("xiufu.routing.case_opened.v1");
  wiring.router.Ignore("xiufu.routing.case_changed.v1");
  wiring.router.Ignore("xiufu.routing.deadlines_moved.v1");
  wiring.router.Ignore("xiufu.routing.light_changed.v1");
  wiring.router.Ignore("xiufu.routing.opinion_given.v1");
  wiring.router.Ignore("xiufu.routing.supplement_overdue.v1");
  wiring.router.Ignore("xiufu.routing.withdrawal_refused.v1");
  wiring.router.Ignore("xiufu.routing.objection_changed.v1");
  return wiring;
}

}  // namespace xiufu::result
