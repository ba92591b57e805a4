#include "services/department_adapter/app/take_events.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/storage/jobs.h"
#include "services/department_adapter/app/call_jobs.h"

namespace xiufu::department {
namespace {

// Those that an authority may be reminded of.
constexpr absl::string_view kAuthoritysDeadlines[] = {"ACCEPT",  "DECIDE",  "EXTEND",
                                                      "OVERALL", "EXECUTE", "SHARE"};

// What is known already: done when it is the same, a conflict when it is not.
absl::Status Known(bool same, const char* reason) {
  if (same) return absl::OkStatus();
  return WithReason(absl::AlreadyExistsError("known with other content"), reason);
}

constexpr char kComplete[] = "OPINION_COMPLETE";
constexpr char kMissing[] = "OPINION_MISSING";

std::string WordsKey(absl::string_view cause) { return absl::StrCat("CANCELLATION_", cause); }

std::string DeadlineKey(absl::string_view kind) { return absl::StrCat("DEADLINE_", kind); }

std::string WordsOf(const Reminder& reminder, const catalogue::Messages& messages) {
  const catalogue::BilingualText deadline = messages.Text(DeadlineKey(reminder.deadline_kind));
  const catalogue::BilingualText words =
      messages.Text(absl::StrCat("REMINDER_", reminder.kind),
                    {{"deadline", deadline.zh, deadline.en}, {"due", reminder.due_date}});
  return absl::StrCat(words.zh, " / ", words.en);
}

// One that a person has given up stays, with what was said about it.
void DropJob(storage::Tx& tx, const Id& id) {
  const std::optional<storage::Job> job = tx.jobs().Find(tx, id);
  if (job && job->state != storage::JobState::kDiscarded) tx.jobs().Remove(tx, id);
}

// Behind the task, never beside it: while that may still be on its way to the authority, its own
// job goes on, and sees that it is cancelled.
absl::Status CancelBehind(const Task& task, const Cancellation& cancellation, absl::Time now,
                          storage::Tx& tx) {
  const std::optional<storage::Job> delivery = tx.jobs().Find(tx, task.id);
  if (delivery && delivery->state == storage::JobState::kDue) return absl::OkStatus();
  // No person needs to see to it any more.
  if (delivery && delivery->state == storage::JobState::kParked) {
    return tx.jobs().Replay(tx, task.id, now);
  }
  AddCallJob(tx, kCancelJob, cancellation.id, task, now);
  return absl::OkStatus();
}

}  // namespace

absl::Status TakeEvents::TaskGiven(Task task, const messaging::Cause& cause,
                                   storage::Tx& tx) const {
  if (std::optional<std::string> known = tasks_->FingerprintOf(tx, task.id)) {
    return Known(*known == Fingerprint(task), "TASK_CONFLICT");
  }
  for (Opinion& opinion : task.opinions) PutInWords(opinion);
  tasks_->Insert(tx, {task, {.place = cause.place, .traceparent = cause.traceparent}});
  AddCallJob(tx, kDeliverJob, task.id, task, cause.now);
  return absl::OkStatus();
}

absl::Status TakeEvents::SupplementPassedOn(Supplement supplement, const messaging::Cause& cause,
                                            storage::Tx& tx) const {
  const std::optional<StoredTask> stored = tasks_->Find(tx, supplement.task);
  if (!stored) return absl::NotFoundError("a supplement to an unknown task");
  if (std::optional<std::string> known =
          notices_->SupplementFingerprint(tx, supplement.task, supplement.round)) {
    return Known(*known == Fingerprint(supplement), "SUPPLEMENT_CONFLICT");
  }
  supplement.id = cause.Derive("supplement");
  notices_->InsertSupplement(tx, supplement);
  AddNoticeJob(tx, kSupplementJob, supplement.id, stored->task, cause);
  return absl::OkStatus();
}

absl::Status TakeEvents::OpinionGiven(Opinion opinion, const messaging::Cause& cause,
                                      storage::Tx& tx) const {
  const std::optional<StoredTask> stored = tasks_->Find(tx, opinion.task);
  if (!stored) return absl::NotFoundError("an opinion on an unknown task");
  if (std::optional<std::string> known =
          notices_->OpinionFingerprint(tx, opinion.task, opinion.review)) {
    return Known(*known == Fingerprint(opinion), "OPINION_CONFLICT");
  }
  opinion.id = cause.Derive("opinion");
  PutInWords(opinion);
  notices_->InsertOpinion(tx, opinion);
  AddNoticeJob(tx, kOpinionJob, opinion.id, stored->task, cause);
  return absl::OkStatus();
}

absl::Status TakeEvents::AnswerFaulty(Fault fault, const messaging::Cause& cause,
                                      storage::Tx& tx) const {
  const std::optional<StoredTask> stored = tasks_->Find(tx, fault.task);
  if (!stored) return absl::NotFoundError("a faulty answer to an unknown task");
  if (std::optional<std::string> known = notices_->FaultReason(tx, fault.task, fault.answer_id)) {
    return Known(*known == fault.reason, "FAULT_CONFLICT");
  }
  fault.id = cause.Derive("fault");
  notices_->InsertFault(tx, fault);
  AddNoticeJob(tx, kFaultJob, fault.id, stored->task, cause);
  return absl::OkStatus();
}

absl::Status TakeEvents::ReminderGiven(Reminder reminder, const messaging::Cause& cause,
                                       storage::Tx& tx) const {
  const std::optional<StoredTask> stored = tasks_->Find(tx, reminder.task);
  if (!stored) return absl::NotFoundError("reminder about an unknown task");
  reminder.id = cause.Derive("reminder");
  if (notices_->FindReminder(tx, reminder.id)) return absl::OkStatus();  // its id is the event's
  if (reminder.text.empty()) reminder.text = WordsOf(reminder, *messages_);
  notices_->InsertReminder(tx, reminder);
  AddNoticeJob(tx, kReminderJob, reminder.id, stored->task, cause);
  return absl::OkStatus();
}

absl::Status TakeEvents::TaskCancelled(Cancellation cancellation, const messaging::Cause& cause,
                                       storage::Tx& tx) const {
  const std::optional<StoredTask> stored = tasks_->Find(tx, cancellation.task);
  if (!stored) return absl::NotFoundError("a cancellation of an unknown task");
  if (std::optional<Cancellation> known = notices_->CancellationOf(tx, cancellation.task)) {
    return Known(
        known->cause == cancellation.cause && known->cancelled_at == cancellation.cancelled_at,
        "CANCELLATION_CONFLICT");
  }
  const catalogue::BilingualText reason = messages_->Text(WordsKey(cancellation.cause));
  cancellation.id = cause.Derive("cancellation");
  cancellation.reason = absl::StrCat(reason.zh, " / ", reason.en);
  notices_->InsertCancellation(tx, cancellation);
  for (const Id& notice : notices_->Undelivered(tx, cancellation.task)) DropJob(tx, notice);
  return CancelBehind(stored->task, cancellation, cause.now, tx);
}

// A person has said it in his own.
void TakeEvents::PutInWords(Opinion& opinion) const {
  if (!opinion.by.empty()) return;
  const catalogue::BilingualText text =
      messages_->Text(opinion.missing.empty() ? kComplete : kMissing);
  opinion.text = absl::StrCat(text.zh, " / ", text.en);
}

// About a task that is cancelled there is nothing to be told any more.
void TakeEvents::AddNoticeJob(storage::Tx& tx, const char* kind, const Id& id, const Task& task,
                              const messaging::Cause& cause) const {
  if (notices_->CancellationOf(tx, task.id)) return;
  AddCallJob(tx, kind, id, task, cause.now);
}

absl::Status CheckMessages(const catalogue::Messages& messages) {
  if (absl::Status status = messages.Require({kComplete, kMissing}); !status.ok()) return status;
  std::vector<std::string> keys = {"REMINDER_DUE_SOON", "REMINDER_OVERDUE"};
  for (absl::string_view cause : kCancellationCauses) keys.push_back(WordsKey(cause));
  for (absl::string_view kind : kAuthoritysDeadlines) keys.push_back(DeadlineKey(kind));
  for (const std::string& key : keys) {
    if (absl::Status status = messages.Require({key}); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace xiufu::department
