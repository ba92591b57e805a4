#include "services/routing/wiring.h"

#include <memory>

#include "services/routing/app/clocks.h"
#include "services/routing/app/law_book.h"
#include "services/routing/app/open_cases.h"
#include "services/routing/app/ports.h"
#include "services/routing/app/take_input.h"
#include "services/routing/drivers/answer_table.h"
#include "services/routing/drivers/case_table.h"
#include "services/routing/drivers/deadline_table.h"
#include "services/routing/drivers/early_input_table.h"
#include "services/routing/drivers/event_emitter.h"
#include "services/routing/drivers/input_codec.h"
#include "services/routing/drivers/overdue_table.h"
#include "services/routing/drivers/submitted_codec.h"
#include "services/routing/drivers/supplement_table.h"
#include "services/routing/drivers/task_table.h"

namespace xiufu::routing {
namespace {

// The service's objects; the handlers share them.
struct Assembly {
  explicit Assembly(const RoutingParts& parts)
      : law(parts.catalogue, parts.authorities, parts.calendar) {}

  CaseTable cases;
  TaskTable tasks;
  AnswerTable answers;
  SupplementTable supplements;
  DeadlineTable deadlines;
  OverdueTable overdues;
  EarlyInputTable early;
  EventEmitter events;
  ProtoInputCodec codec;
  Ports ports{&cases,    &tasks, &answers, &supplements, &deadlines,
              &overdues, &early, &events,  &codec};
  LawBook law;
  Clocks clocks{&ports};
  TakeInput take_input{&ports, &law, &clocks};
  OpenCases open_cases{&ports, &law, &clocks, &take_input};
};

}  // namespace

service::Wiring WireRouting(const RoutingParts& parts) {
  auto routing = std::make_shared<Assembly>(parts);
  service::Wiring wiring;
  wiring.service = "routing";
  wiring.subscriptions = {{"routing", {"intake", "adapter.#", "result"}}};
  wiring.versions = [routing] { return routing->law.Versions(); };

  wiring.router.On(
      kSubmittedType, DecodeSubmitted,
      [routing](const Submitted& submitted, const messaging::Cause& cause, storage::Tx& tx) {
        return routing->open_cases.Handle(submitted, cause, tx);
      });
  for (const std::string& type : ProtoInputCodec::Types()) {
    wiring.router.On(
        type, [routing](const messaging::Envelope& event, const messaging::Cause& cause,
                        storage::Tx& tx) { return routing->take_input.Handle(event, cause, tx); });
  }
  wiring.router.Ignore("xiufu.result.effect_confirmed.v1");

  for (absl::string_view kind : {kAcceptDeadline, kDecideDeadline}) {
    wiring.timers.by_kind[Clocks::TimerKind(kind)] = [routing](const storage::Timer& timer,
                                                               absl::Time, storage::Tx& tx) {
      return routing->clocks.OnDue(tx, timer);
    };
  }
  return wiring;
}

}  // namespace xiufu::routing
