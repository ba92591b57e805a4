#include "services/department_adapter/app/outside_calls.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/crash_point.h"
#include "services/department_adapter/app/call_jobs.h"
#include "services/department_adapter/app/papers.h"

namespace xiufu::department {
namespace {

using service::JobOutcome;

using service::RetryAsAsked;

JobOutcome NothingToDo() { return JobOutcome::Done(nullptr); }

// Stores keep milliseconds; so that what is told and what is kept are the same time.
absl::Time WholeMillis(absl::Time time) { return absl::FromUnixMillis(absl::ToUnixMillis(time)); }

}  // namespace

OutsideCalls::OutsideCalls(Parts parts) : parts_(std::move(parts)), started_(parts_.clock->Now()) {}

JobOutcome OutsideCalls::DeliverTask(const storage::Job& job, absl::Time deadline) const {
  absl::StatusOr<Loaded> loaded = Load(job.id);
  if (!loaded.ok()) return RetryAsAsked(loaded.status());
  if (loaded->stored.progress.delivered()) return NothingToDo();
  if (loaded->cancelled) return AskAfterCancelled(job, *std::move(loaded), deadline);
  absl::StatusOr<Receipt> receipt = Deliver(job, *loaded, deadline);
  if (!receipt.ok()) return RetryAsAsked(receipt.status());
  return Acknowledged(std::move(loaded->stored), *std::move(receipt));
}

absl::StatusOr<Receipt> OutsideCalls::Deliver(const storage::Job& job, const Loaded& loaded,
                                              absl::Time deadline) const {
  const Task& task = loaded.stored.task;
  if (MayHaveArrived(job)) {
    absl::StatusOr<Receipt> known = loaded.connector->Query(task, deadline);
    if (!absl::IsNotFound(known.status())) return known;
  }
  absl::StatusOr<ApplicationFile> file = GatherPapers(loaded, task.materials, deadline);
  if (!file.ok()) return file.status();
  CrashPoint("adapter.materials_fetched");
  CrashPoint("adapter.before_call");
  absl::StatusOr<Receipt> receipt = loaded.connector->Deliver(task, *file, deadline);
  CrashPoint("adapter.after_call");
  return receipt;
}

JobOutcome OutsideCalls::AskAfterCancelled(const storage::Job& job, Loaded loaded,
                                           absl::Time deadline) const {
  if (!MayHaveArrived(job)) return NothingToDo();
  absl::StatusOr<Receipt> receipt = loaded.connector->Query(loaded.stored.task, deadline);
  if (absl::IsNotFound(receipt.status())) return NothingToDo();
  if (!receipt.ok()) return RetryAsAsked(receipt.status());
  return Acknowledged(std::move(loaded.stored), *std::move(receipt));
}

JobOutcome OutsideCalls::Acknowledged(StoredTask stored, Receipt receipt) const {
  const absl::Time at = WholeMillis(parts_.clock->Now());
  return JobOutcome::Done([this, stored = std::move(stored), receipt = std::move(receipt), at](
                              storage::Tx& tx, absl::Time) {
    const Task& task = stored.task;
    const TaskProgress& progress = stored.progress;
    parts_.tasks->MarkDelivered(tx, task.id, receipt.authority_task_no, at);
    parts_.events->Delivered(tx, {task.id, at, progress.place, progress.traceparent}, task,
                             receipt.authority_task_no);
    // It was cancelled while it was on its way.
    if (std::optional<Cancellation> cancellation = parts_.notices->CancellationOf(tx, task.id)) {
      AddCallJob(tx, kCancelJob, cancellation->id, task, at);
    }
    if (!receipt.answer) return absl::OkStatus();
    return parts_.receive_answer(tx, task.authority_code, *receipt.answer, at);
  });
}

JobOutcome OutsideCalls::DeliverSupplement(const storage::Job& job, absl::Time deadline) const {
  std::optional<Supplement> supplement;
  absl::Status status = parts_.database->Read([&](storage::Session& session) {
    supplement = parts_.notices->FindSupplement(session, job.id);
    return session.status();
  });
  if (!status.ok()) return RetryAsAsked(status);
  if (!supplement) return RetryAsAsked(absl::NotFoundError("the supplement of this job"));
  absl::StatusOr<Loaded> loaded = Load(supplement->task);
  if (!loaded.ok()) return RetryAsAsked(loaded.status());
  if (!loaded->stored.progress.delivered()) {
    return RetryAsAsked(absl::UnavailableError("the authority does not have the task yet"));
  }
  absl::StatusOr<ApplicationFile> file = GatherPapers(*loaded, supplement->materials, deadline);
  if (!file.ok()) return RetryAsAsked(file.status());
  CrashPoint("adapter.before_call");
  status = loaded->connector->PassOn(loaded->stored.task, *supplement, *file, deadline);
  CrashPoint("adapter.after_call");
  if (!status.ok()) return RetryAsAsked(status);
  return JobOutcome::Done([this, id = job.id](storage::Tx& tx, absl::Time now) {
    parts_.notices->MarkSupplementDelivered(tx, id, now);
    return absl::OkStatus();
  });
}

template <typename Notice>
JobOutcome OutsideCalls::Tell(const storage::Job& job, absl::Time deadline,
                              const Telling<Notice>& telling) const {
  std::optional<Notice> notice;
  absl::Status status = parts_.database->Read([&](storage::Session& session) {
    notice = (parts_.notices->*telling.find)(session, job.id);
    return session.status();
  });
  if (!status.ok()) return RetryAsAsked(status);
  if (!notice) return RetryAsAsked(absl::NotFoundError("the notice of this job"));
  absl::StatusOr<Loaded> loaded = Load(notice->task);
  if (!loaded.ok()) return RetryAsAsked(loaded.status());
  if (telling.behind_task && !loaded->stored.progress.delivered()) {
    return RetryAsAsked(absl::UnavailableError("the authority does not have the task yet"));
  }
  CrashPoint("adapter.before_call");
  status = (loaded->connector->*telling.call)(loaded->stored.task, *notice, deadline);
  CrashPoint("adapter.after_call");
  if (!status.ok()) return RetryAsAsked(status);
  return JobOutcome::Done(
      [this, id = job.id, mark = telling.mark](storage::Tx& tx, absl::Time now) {
        (parts_.notices->*mark)(tx, id, now);
        return absl::OkStatus();
      });
}

JobOutcome OutsideCalls::DeliverOpinion(const storage::Job& job, absl::Time deadline) const {
  return Tell<Opinion>(job, deadline,
                       {&Notices::FindOpinion, &Connector::Advise, &Notices::MarkOpinionDelivered,
                        /*behind_task=*/true});
}

JobOutcome OutsideCalls::DeliverFault(const storage::Job& job, absl::Time deadline) const {
  return Tell<Fault>(job, deadline,
                     {&Notices::FindFault, &Connector::Complain, &Notices::MarkFaultDelivered});
}

JobOutcome OutsideCalls::DeliverReminder(const storage::Job& job, absl::Time deadline) const {
  return Tell<Reminder>(job, deadline,
                        {&Notices::FindReminder, &Connector::Remind,
                         &Notices::MarkReminderDelivered, /*behind_task=*/true});
}

JobOutcome OutsideCalls::DeliverCancellation(const storage::Job& job, absl::Time deadline) const {
  return Tell<Cancellation>(
      job, deadline,
      {&Notices::FindCancellation, &Connector::Cancel, &Notices::MarkCancellationDelivered});
}

absl::StatusOr<OutsideCalls::Loaded> OutsideCalls::Load(const Id& task) const {
  std::optional<StoredTask> stored;
  bool cancelled = false;
  absl::Status status = parts_.database->Read([&](storage::Session& session) {
    stored = parts_.tasks->Find(session, task);
    cancelled = parts_.notices->CancellationOf(session, task).has_value();
    return session.status();
  });
  if (!status.ok()) return status;
  if (!stored) return absl::NotFoundError("the task of this job");
  auto connector = parts_.connectors.find(stored->task.authority_code);
  if (connector == parts_.connectors.end()) {
    return absl::FailedPreconditionError(
        absl::StrCat("no connector is configured for ", stored->task.authority_code));
  }
  return Loaded{*std::move(stored), cancelled, connector->second};
}

// An earlier attempt failed somewhere, or may have been under way when the process before this one
// ended.
bool OutsideCalls::MayHaveArrived(const storage::Job& job) const {
  return job.attempts > 0 || job.created < started_;
}

absl::StatusOr<ApplicationFile> OutsideCalls::GatherPapers(const Loaded& loaded,
                                                           const std::vector<Material>& materials,
                                                           absl::Time deadline) const {
  if (!loaded.connector->WantsPapers()) return ApplicationFile();
  const Task& task = loaded.stored.task;
  absl::StatusOr<ApplicationFile> file = GetFile(task, *parts_.intake, deadline);
  if (!file.ok()) return file.status();
  absl::Status status =
      EnsureMaterials(task.application, materials, *parts_.intake, *parts_.cache, deadline);
  if (!status.ok()) return status;
  return file;
}

}  // namespace xiufu::department
