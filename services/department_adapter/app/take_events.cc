#include "services/department_adapter/app/take_events.h"

#include <optional>
#include <utility>

#include "libs/base/status.h"
#include "libs/storage/jobs.h"

namespace xiufu::department {
namespace {

void AddJob(storage::Tx& tx, const char* kind, const Id& id, const Task& task,
            const messaging::Cause& cause) {
  tx.jobs().Add(tx, {.id = id,
                     .kind = kind,
                     .destination = task.authority_code,
                     .application = task.application,
                     .created = cause.now,
                     .due = cause.now});
}

// What is known already: done when it is the same, a conflict when it is not.
absl::Status Known(bool same, const char* reason) {
  if (same) return absl::OkStatus();
  return WithReason(absl::AlreadyExistsError("known with other content"), reason);
}

}  // namespace

absl::Status TakeEvents::TaskGiven(const Task& task, const messaging::Cause& cause,
                                   storage::Tx& tx) const {
  if (std::optional<std::string> known = tasks_->FingerprintOf(tx, task.id)) {
    return Known(*known == Fingerprint(task), "TASK_CONFLICT");
  }
  tasks_->Insert(tx, {task, {.place = cause.place, .traceparent = cause.traceparent}});
  AddJob(tx, kDeliverJob, task.id, task, cause);
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
  AddJob(tx, kSupplementJob, supplement.id, stored->task, cause);
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
  AddJob(tx, kFaultJob, fault.id, stored->task, cause);
  return absl::OkStatus();
}

}  // namespace xiufu::department
