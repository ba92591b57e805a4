#include "services/routing/wiring.h"

#include <memory>

#include "services/routing/app/clocks.h"
#include "services/routing/app/law_book.h"
#include "services/routing/app/move_due_dates.h"
#include "services/routing/app/move_objection_dues.h"
#include "services/routing/app/objection_timer.h"
#include "services/routing/app/open_cases.h"
#include "services/routing/app/ports.h"
#include "services/routing/app/take_input.h"
#include "services/routing/app/take_objection.h"
#include "services/routing/drivers/answer_table.h"
#include "services/routing/drivers/assignment_table.h"
#include "services/routing/drivers/case_table.h"
#include "services/routing/drivers/deadline_table.h"
#include "services/routing/drivers/due_move_table.h"
#include "services/routing/drivers/early_input_table.h"
#include "services/routing/drivers/event_emitter.h"
#include "services/routing/drivers/input_codec.h"
#include "services/routing/drivers/needless_table.h"
#include "services/routing/drivers/objection_codec.h"
#include "services/routing/drivers/objection_emitter.h"
#include "services/routing/drivers/objection_table.h"
#include "services/routing/drivers/overdue_table.h"
#include "services/routing/drivers/report_codec.h"
#include "services/routing/drivers/report_table.h"
#include "services/routing/drivers/review_table.h"
#include "services/routing/drivers/submitted_codec.h"
#include "services/routing/drivers/succession_table.h"
#include "services/routing/drivers/supervision_log.h"
#include "services/routing/drivers/supervision_order_table.h"
#include "services/routing/drivers/supplement_table.h"
#include "services/routing/drivers/task_table.h"
#include "services/routing/drivers/told_table.h"

namespace xiufu::routing {
namespace {

// The service's objects; the handlers share them.
struct Assembly {
  explicit Assembly(const catalogue::LawInForce* in_force) : law(in_force) {}

  CaseTable cases;
  TaskTable tasks;
  AnswerTable answers;
  AssignmentTable assignments;
  SuccessionTable successions;
  ReviewTable reviews;
  SupplementTable supplements;
  DeadlineTable deadlines;
  DueMoveTable moves;
  OverdueTable overdues;
  EarlyInputTable early;
  ReportTable reports;
  NeedlessTable needless;
  ToldTable told;
  SupervisionLogTable supervision;
  SupervisionOrderTable orders;
  CaseClockTable case_clocks;
  EventEmitter events;
  ProtoInputCodec codec;
  Ports ports{.cases = &cases,
              .tasks = &tasks,
              .answers = &answers,
              .assignments = &assignments,
              .successions = &successions,
              .reviews = &reviews,
              .supplements = &supplements,
              .deadlines = &deadlines,
              .moves = &moves,
              .overdues = &overdues,
              .early = &early,
              .reports = &reports,
              .needless = &needless,
              .told = &told,
              .supervision = &supervision,
              .orders = &orders,
              .case_clocks = &case_clocks,
              .events = &events,
              .codec = &codec};
  LawBook law;
  Clocks clocks{&ports, &law};
  TakeInput take_input{&ports, &law, &clocks};
  OpenCases open_cases{&ports, &law, &clocks, &take_input};
  AssignCase assign_case{&ports, &law, &take_input};
  ReviewCase review_case{&ports, &take_input};
  AllowSupplement allow_supplement{&ports, &take_input};
  ReportRevocation report_revocation{&ports, &take_input};
  TellRelayed tell_relayed{&ports, &take_input};
  Supervise supervise{&ports, &law};

  ObjectionTable objections;
  ObjectionAnswerTable objection_answers;
  ObjectionEmitter objection_events;
  ProtoObjectionCodec objection_codec;
  ObjectionPorts objection_ports{&objections, &objection_answers, &deadlines,
                                 &early,      &objection_events,  &objection_codec};
  TakeObjection take_objection{&objection_ports, &law};
  MoveObjectionDues move_objection_dues{&objection_ports, &moves, &law};
  MoveDueDates move_due_dates{&ports, &law, &clocks, &move_objection_dues};
};

void WireObjections(const std::shared_ptr<Assembly>& routing, service::Wiring& wiring) {
  wiring.router.On(
      kObjectionFiledType, DecodeObjectionFiled,
      [routing](const ObjectionFiled& filed, const messaging::Cause& cause, storage::Tx& tx) {
        return routing->take_objection.File(filed, cause, tx);
      });
  for (const std::string& type : ProtoObjectionCodec::Types()) {
    wiring.router.On(type, [routing](const messaging::Envelope& event,
                                     const messaging::Cause& cause, storage::Tx& tx) {
      return routing->take_objection.Handle(event, cause, tx);
    });
  }
  for (const char* kind : {kObjectionDecideTimer, kObjectionDeliverTimer}) {
    wiring.timers.by_kind[kind] = [routing](const storage::Timer& timer, absl::Time,
                                            storage::Tx& tx) {
      return routing->take_objection.OnDue(tx, timer);
    };
  }
}

}  // namespace

service::Wiring WireRouting(const catalogue::LawInForce* law) {
  auto routing = std::make_shared<Assembly>(law);
  service::Wiring wiring;
  wiring.service = "routing";
  wiring.subscriptions = {{"routing", {"intake", "adapter.#", "result", "publication"}}};
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
  WireObjections(routing, wiring);
  wiring.router.On(kResultReportedType, [routing](const messaging::Envelope& event,
                                                  const messaging::Cause& cause, storage::Tx& tx) {
    return routing->take_input.HandleReport(event, cause, tx);
  });
  wiring.router.Ignore("xiufu.result.decision_revoked.v1");
  wiring.router.Ignore("xiufu.result.restoration_confirmed.v1");
  wiring.router.Ignore("xiufu.publication.publicity_restored.v1");
  wiring.router.Ignore("xiufu.result.effect_confirmed.v1");
  wiring.router.Ignore("xiufu.publication.ending_refused.v1");
  wiring.router.Ignore("xiufu.publication.publicity_ended.v1");
  wiring.router.Ignore("xiufu.publication.publicity_expired.v1");
  wiring.router.Ignore("xiufu.publication.records_imported.v1");
  wiring.router.Ignore("xiufu.publication.reminder_due.v1");

  for (absl::string_view kind : kDeadlineKinds) {
    wiring.timers.by_kind[Clocks::TimerKind(kind)] = [routing](const storage::Timer& timer,
                                                               absl::Time, storage::Tx& tx) {
      return routing->clocks.OnDue(tx, timer);
    };
  }
  wiring.timers.by_kind[Clocks::TimerKind(kPreCheckDeadline)] =
      [routing](const storage::Timer& timer, absl::Time, storage::Tx& tx) {
        return routing->review_case.OnTimeUp(tx, timer);
      };
  wiring.timers.by_kind[MoveDueDates::kTimer] = [routing](const storage::Timer& timer, absl::Time,
                                                          storage::Tx& tx) {
    return routing->move_due_dates.OnTimer(tx, timer);
  };
  return wiring;
}

absl::Status ApplyCalendar(storage::Database& database, const catalogue::LawInForce& law,
                           absl::Time now) {
  const Assembly routing(&law);
  return database.WriteAndWait(
      [&](storage::Tx& tx) { return routing.move_due_dates.Begin(tx, now); });
}

absl::Status AssignCaseTo(const AssignCase::Command& command, const catalogue::LawInForce& law,
                          const messaging::Cause& cause, storage::Tx& tx) {
  const Assembly routing(&law);
  return routing.assign_case(command, cause, tx);
}

absl::Status ReviewCaseOf(const ReviewCase::Command& command, const catalogue::LawInForce& law,
                          const messaging::Cause& cause, storage::Tx& tx) {
  const Assembly routing(&law);
  return routing.review_case(command, cause, tx);
}

absl::Status GiveOpinionOn(const ReviewCase::OpinionCommand& command,
                           const catalogue::LawInForce& law, const messaging::Cause& cause,
                           storage::Tx& tx) {
  const Assembly routing(&law);
  return routing.review_case(command, cause, tx);
}

absl::Status ReportRevocationOf(const ReportRevocation::Command& command,
                                const catalogue::LawInForce& law, const messaging::Cause& cause,
                                storage::Tx& tx) {
  const Assembly routing(&law);
  return routing.report_revocation(command, cause, tx);
}

absl::Status AllowSupplementOf(const AllowSupplement::Command& command,
                               const catalogue::LawInForce& law, const messaging::Cause& cause,
                               storage::Tx& tx) {
  const Assembly routing(&law);
  return routing.allow_supplement(command, cause, tx);
}

absl::Status AssignObjectionTo(const TakeObjection::Assignment& assignment,
                               const catalogue::LawInForce& law, const messaging::Cause& cause,
                               storage::Tx& tx) {
  const Assembly routing(&law);
  return routing.take_objection.Assign(assignment, cause, tx);
}

absl::Status TellRelayedCase(const TellRelayed::Command& command, const catalogue::LawInForce& law,
                             const messaging::Cause& cause, storage::Tx& tx) {
  const Assembly routing(&law);
  return routing.tell_relayed(command, cause, tx);
}

absl::StatusOr<SupervisionOrder> IssueOrder(const Supervise::Issue& issue,
                                            const catalogue::LawInForce& law,
                                            const messaging::Cause& cause, storage::Tx& tx) {
  const Assembly routing(&law);
  return routing.supervise(issue, cause, tx);
}

absl::StatusOr<SupervisionOrder> RecordReply(const Supervise::Reply& reply,
                                             const catalogue::LawInForce& law, storage::Tx& tx) {
  const Assembly routing(&law);
  return routing.supervise(reply, tx);
}

}  // namespace xiufu::routing
