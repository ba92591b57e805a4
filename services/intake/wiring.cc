#include "services/intake/wiring.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/intake/app/miss_supplement.h"
#include "services/intake/app/project_case_changed.h"
#include "services/intake/app/project_case_opened.h"
#include "services/intake/app/project_deadlines_moved.h"
#include "services/intake/app/project_decision_entered.h"
#include "services/intake/app/project_loop_closed.h"
#include "services/intake/app/project_missed.h"
#include "services/intake/app/project_revocation.h"
#include "services/intake/app/project_withdrawal_refused.h"
#include "services/intake/app/send_notification.h"
#include "services/intake/app/tell_record_reminder.h"
#include "services/intake/drivers/contact_erasure.h"
#include "services/intake/drivers/event_codec.h"
#include "services/intake/drivers/material_sweep.h"

namespace xiufu::intake {
namespace {

std::string VersionsOf(const Law& law) {
  return absl::StrCat("catalogue ", law.catalogue->version(), " ", law.catalogue->sha256(),
                      ", calendar ", law.calendar->version());
}

std::optional<NotificationOutbox> OutboxOf(const IntakeParts& parts,
                                           const NotificationTable* table) {
  if (parts.notifications == nullptr || parts.notifications->channels.empty()) return std::nullopt;
  std::vector<ChannelEntry> entries;
  for (const Notifications::Channel& one : parts.notifications->channels) {
    entries.push_back(one.entry);
  }
  return NotificationOutbox(&parts.notifications->plan, std::move(entries), table,
                            parts.law.messages);
}

// Also without channels: what waits since there were some is dropped in time.
void WireNotifications(const IntakeParts& parts, const IntakeNode& node, service::JobTable& jobs) {
  SendNotification::Parts sending{
      .database = parts.database, .tables = node.tables(), .notifications = &node.notifications()};
  if (parts.notifications != nullptr) {
    sending.expire_days = parts.notifications->plan.times.expire_days;
    for (const Notifications::Channel& one : parts.notifications->channels) {
      sending.channels[one.entry.name] = one.channel.get();
    }
  }
  jobs.by_kind[kNotifyJob] = SendNotification(std::move(sending));
}

}  // namespace

IntakeNode::IntakeNode(const IntakeParts& parts)
    : hub_([this](const Id& application, int64_t position, int limit) {
        return intake_.applications.Timeline(application, position, limit);
      }),
      sql_(&hub_),
      tables_(sql_.tables()),
      notifications_(OutboxOf(parts, &notification_table_)),
      tell_upstream_(&pushes_, &returns_),
      projector_(tables_, parts.law.messages, &tell_upstream_,
                 notifications_ ? &*notifications_ : nullptr),
      intake_({{parts.clock, parts.ids, parts.cell},
               parts.law,
               tables_,
               parts.database,
               parts.records,
               parts.materials,
               &projector_,
               &announcer_,
               parts.agent_secret}),
      take_up_pushed_({.context = {parts.clock, parts.ids, parts.cell},
                       .law = parts.law,
                       .tables = tables_,
                       .pushes = &pushes_,
                       .records = parts.records,
                       .create = &intake_.create_application,
                       .announcer = &announcer_,
                       .tell = &tell_upstream_}),
      receive_pushed_({.context = {parts.clock, parts.ids, parts.cell},
                       .law = parts.law,
                       .tables = tables_,
                       .pushes = &pushes_,
                       .database = parts.database,
                       .blobs = parts.materials,
                       .take_up = &take_up_pushed_,
                       .supplement = &intake_.provide_supplement,
                       .withdraw = &intake_.withdraw_application}),
      return_upstream_(parts.database, &returns_, &tell_upstream_, parts.doors) {
  parts.database->AddListener(&hub_);
}

service::Wiring WireIntake(const IntakeParts& parts, const IntakeNode& node) {
  const CaseProjector* project = &node.projector();
  service::Wiring wiring;
  wiring.service = "intake";
  wiring.subscriptions = {{"intake", {"routing", "result", "publication"}}};
  wiring.versions = [law = parts.law] { return VersionsOf(law.Now()); };
  service::Router& router = wiring.router;
  router.On("xiufu.routing.case_opened.v1", DecodeCaseOpened, ProjectCaseOpened(project));
  router.On("xiufu.routing.case_changed.v1", DecodeCaseChanged, ProjectCaseChanged(project));
  router.On("xiufu.routing.deadlines_moved.v1", DecodeDeadlinesMoved,
            ProjectDeadlinesMoved(project));
  router.On("xiufu.routing.light_changed.v1", DecodeLightChanged, ProjectMissedDeadline(project));
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
  router.Ignore("xiufu.routing.opinion_given.v1");
  router.Ignore("xiufu.routing.revocation_taken.v1");
  router.On("xiufu.result.decision_entered.v1", DecodeDecisionEntered,
            ProjectDecisionEntered(project));
  router.On("xiufu.result.decision_revoked.v1", DecodeDecisionRevoked,
            ProjectDecisionRevoked(project, node.tables().bans));
  router.On("xiufu.result.restoration_confirmed.v1", DecodeRestorationConfirmed,
            ProjectRestorationConfirmed(project));
  router.On("xiufu.result.loop_closed.v1", DecodeLoopClosed, ProjectLoopClosedEvent(project));
  // Routing tells what becomes of a faulty decision, and the loop is closed by all effects
  // together.
  router.Ignore("xiufu.result.decision_faulty.v1");
  router.Ignore("xiufu.result.effect_confirmed.v1");
  WireNotifications(parts, node, wiring.jobs);
  const TellRecordReminder tell_reminder(node.outbox());
  router.On("xiufu.publication.reminder_due.v1",
            [tell_reminder](const messaging::Envelope& event, const messaging::Cause& cause,
                            storage::Tx& tx) -> absl::Status {
              absl::StatusOr<RecordReminder> reminder = DecodeReminderDue(event.data);
              if (!reminder.ok()) return reminder.status();
              reminder->at = event.time;
              return tell_reminder(*reminder, cause, tx);
            });
  for (const char* type : {"ending_refused", "publicity_ended", "publicity_expired",
                           "publicity_restored", "result_reported"}) {
    router.Ignore(absl::StrCat("xiufu.publication.", type, ".v1"));
  }
  WireContactErasure(wiring, parts.law, node.tables());
  const TakeUpPushed* take_up = &node.take_up_pushed();
  router.On("xiufu.publication.records_imported.v1", DecodeRecordsImported,
            [take_up](const RecordsImported& event, const messaging::Cause& cause,
                      storage::Tx& tx) -> absl::Status {
              if (event.changed > 0) take_up->RecordsCame(tx, cause.now);
              return tx.status();
            });
  wiring.jobs.by_kind[kTakeUpJob] = [database = parts.database, take_up](
                                        const storage::Job& job, absl::Time, absl::Time deadline) {
    return take_up->LookUp(*database, job, deadline);
  };
  wiring.timers.by_kind[kLookAgainTimer] = [take_up](const storage::Timer& timer, absl::Time now,
                                                     storage::Tx& tx) {
    return take_up->LookAgain(timer, now, tx);
  };
  wiring.timers.by_kind[kRecordsCameTimer] = [take_up](const storage::Timer& timer, absl::Time now,
                                                       storage::Tx& tx) {
    return take_up->LookForMany(timer, now, tx);
  };
  wiring.jobs.by_kind[kReturnJob] = [send = &node.return_upstream()](
                                        const storage::Job& job, absl::Time, absl::Time deadline) {
    return (*send)(job, deadline);
  };
  wiring.jobs.given_up[kReturnJob] = [tell = &node.tell_upstream()](
                                         const storage::Job& job, absl::Time now, storage::Tx& tx) {
    tell->GivenUp(tx, job.id, now);
    return tx.status();
  };
  WireMaterialSweep(wiring, parts.database, node.tables(), parts.materials);
  return wiring;
}

}  // namespace xiufu::intake
