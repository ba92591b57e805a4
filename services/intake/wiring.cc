#include "services/intake/wiring.h"

#include "absl/strings/str_cat.h"
#include "services/intake/app/miss_supplement.h"
#include "services/intake/app/project_case_changed.h"
#include "services/intake/app/project_case_opened.h"
#include "services/intake/app/project_deadlines_moved.h"
#include "services/intake/app/project_decision_entered.h"
#include "services/intake/app/project_loop_closed.h"
#include "services/intake/app/project_withdrawal_refused.h"
#include "services/intake/drivers/event_codec.h"
#include "services/intake/drivers/material_sweep.h"

namespace xiufu::intake {
namespace {

std::string VersionsOf(const Law& law) {
  return absl::StrCat("catalogue ", law.catalogue->version(), " ", law.catalogue->sha256(),
                      ", calendar ", law.calendar->version());
}

}  // namespace

IntakeNode::IntakeNode(const IntakeParts& parts)
    : hub_([this](const Id& application, int64_t position, int limit) {
        return intake_.applications.Timeline(application, position, limit);
      }),
      sql_(&hub_),
      tables_(sql_.tables()),
      projector_(tables_, parts.law.messages),
      intake_({{parts.clock, parts.ids, parts.cell},
               parts.law,
               tables_,
               parts.database,
               parts.records,
               parts.materials,
               &projector_,
               &announcer_}) {
  parts.database->AddListener(&hub_);
}

service::Wiring WireIntake(const IntakeParts& parts, const IntakeNode& node) {
  const CaseProjector* project = &node.projector();
  service::Wiring wiring;
  wiring.service = "intake";
  wiring.subscriptions = {{"intake", {"routing", "result"}}};
  wiring.versions = [law = parts.law] { return VersionsOf(law.Now()); };
  service::Router& router = wiring.router;
  router.On("xiufu.routing.case_opened.v1", DecodeCaseOpened, ProjectCaseOpened(project));
  router.On("xiufu.routing.case_changed.v1", DecodeCaseChanged, ProjectCaseChanged(project));
  router.On("xiufu.routing.deadlines_moved.v1", DecodeDeadlinesMoved,
            ProjectDeadlinesMoved(project));
  router.On("xiufu.routing.supplement_overdue.v1", DecodeSupplementOverdue,
            MissSupplement(project, &node.announcer()));
  router.On("xiufu.routing.withdrawal_refused.v1", DecodeWithdrawalRefused,
            ProjectWithdrawalRefusedEvent(project));
  const ObjectionsCase* objections = &node.intake().objections;
  router.On("xiufu.routing.objection_changed.v1", DecodeObjectionChanged,
            [objections](const ObjectionNews& news, const messaging::Cause&, storage::Tx& tx) {
              return objections->Take(news, tx);
            });
  router.Ignore("xiufu.routing.answer_taken.v1");
  router.On("xiufu.result.decision_entered.v1", DecodeDecisionEntered,
            ProjectDecisionEntered(project));
  router.On("xiufu.result.loop_closed.v1", DecodeLoopClosed, ProjectLoopClosedEvent(project));
  // Routing tells what becomes of a faulty decision, and the loop is closed by all effects
  // together.
  router.Ignore("xiufu.result.decision_faulty.v1");
  router.Ignore("xiufu.result.effect_confirmed.v1");
  WireMaterialSweep(wiring, parts.database, node.tables(), parts.materials);
  return wiring;
}

}  // namespace xiufu::intake
