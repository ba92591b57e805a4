#include "services/department_adapter/wiring.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/department_adapter/app/call_jobs.h"
#include "services/department_adapter/app/outside_calls.h"
#include "services/department_adapter/app/take_events.h"
#include "services/department_adapter/drivers/event_codec.h"
#include "services/department_adapter/drivers/sql_answers.h"
#include "services/department_adapter/drivers/sql_notices.h"
#include "services/department_adapter/drivers/sql_tasks.h"

namespace xiufu::department {
namespace {

// Without state, so one set serves everybody.
struct Drivers {
  SqlTasks tasks;
  SqlNotices notices;
  SqlAnswers answers;
  OutboxEvents events;
};
const Drivers& SharedDrivers() {
  static const auto& drivers = *new Drivers;
  return drivers;
}

void RouteEvents(const catalogue::Messages* messages, service::Router& router) {
  const TakeEvents take(&SharedDrivers().tasks, &SharedDrivers().notices, messages);
  router.On("xiufu.dept.task_given.v1", DecodeTaskGiven,
            [take](const Task& task, const messaging::Cause& cause, storage::Tx& tx) {
              return take.TaskGiven(task, cause, tx);
            });
  router.On("xiufu.dept.objection_given.v1", DecodeObjectionGiven,
            [take](const Task& task, const messaging::Cause& cause, storage::Tx& tx) {
              return take.TaskGiven(task, cause, tx);
            });
  router.On("xiufu.dept.supplement_passed_on.v1", DecodeSupplementPassedOn,
            [take](const Supplement& supplement, const messaging::Cause& cause, storage::Tx& tx) {
              return take.SupplementPassedOn(supplement, cause, tx);
            });
  router.On("xiufu.dept.opinion_given.v1", DecodeOpinionGiven,
            [take](const Opinion& opinion, const messaging::Cause& cause, storage::Tx& tx) {
              return take.OpinionGiven(opinion, cause, tx);
            });
  router.On("xiufu.dept.answer_faulty.v1", DecodeAnswerFaulty,
            [take](const Fault& fault, const messaging::Cause& cause, storage::Tx& tx) {
              return take.AnswerFaulty(fault, cause, tx);
            });
  router.On("xiufu.dept.reminder_given.v1", DecodeReminderGiven,
            [take](const Reminder& reminder, const messaging::Cause& cause, storage::Tx& tx) {
              return take.ReminderGiven(reminder, cause, tx);
            });
  router.On("xiufu.dept.task_cancelled.v1", DecodeTaskCancelled,
            [take](const Cancellation& cancellation, const messaging::Cause& cause,
                   storage::Tx& tx) { return take.TaskCancelled(cancellation, cause, tx); });
}

}  // namespace

ReceiveAnswer NewReceiveAnswer() {
  const Drivers& drivers = SharedDrivers();
  return ReceiveAnswer(&drivers.tasks, &drivers.answers, &drivers.events);
}

const Tasks& StoredTasks() { return SharedDrivers().tasks; }

service::Wiring WireDepartmentAdapter(const DepartmentAdapterParts& parts) {
  const Drivers& drivers = SharedDrivers();
  service::Wiring wiring;
  wiring.service = "department_adapter";
  for (const auto& [code, connector] : parts.connectors) {
    wiring.subscriptions.push_back({absl::StrCat("adapter.", code), {absl::StrCat("dept.", code)}});
  }
  RouteEvents(parts.messages, wiring.router);
  auto calls = std::make_shared<const OutsideCalls>(OutsideCalls::Parts{
      .database = parts.database,
      .clock = parts.clock,
      .connectors = parts.connectors,
      .intake = parts.intake,
      .cache = parts.cache,
      .tasks = &drivers.tasks,
      .notices = &drivers.notices,
      .events = &drivers.events,
      .receive_answer = NewReceiveAnswer(),
  });
  wiring.jobs.by_kind[kDeliverJob] = [calls](const storage::Job& job, absl::Time,
                                             absl::Time deadline) {
    return calls->DeliverTask(job, deadline);
  };
  wiring.jobs.by_kind[kSupplementJob] = [calls](const storage::Job& job, absl::Time,
                                                absl::Time deadline) {
    return calls->DeliverSupplement(job, deadline);
  };
  wiring.jobs.by_kind[kOpinionJob] = [calls](const storage::Job& job, absl::Time,
                                             absl::Time deadline) {
    return calls->DeliverOpinion(job, deadline);
  };
  wiring.jobs.by_kind[kFaultJob] = [calls](const storage::Job& job, absl::Time,
                                           absl::Time deadline) {
    return calls->DeliverFault(job, deadline);
  };
  wiring.jobs.by_kind[kReminderJob] = [calls](const storage::Job& job, absl::Time,
                                              absl::Time deadline) {
    return calls->DeliverReminder(job, deadline);
  };
  wiring.jobs.by_kind[kCancelJob] = [calls](const storage::Job& job, absl::Time,
                                            absl::Time deadline) {
    return calls->DeliverCancellation(job, deadline);
  };
  return wiring;
}

}  // namespace xiufu::department
