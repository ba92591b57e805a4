#include "services/department_adapter/app/receive_answer.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace xiufu::department {

absl::Status ReceiveAnswer::operator()(storage::Tx& tx, absl::string_view authority_code,
                                       const Answer& answer, absl::Time received_at) const {
  const std::optional<StoredTask> stored = tasks_->Find(tx, answer.task);
  if (!stored) return absl::NotFoundError("no such task");
  const Task& task = stored->task;
  if (task.authority_code != authority_code) {
    return absl::PermissionDeniedError("the task is another authority's");
  }
  if (std::optional<std::string> known =
          answers_->FingerprintOf(tx, authority_code, answer.answer_id)) {
    if (*known == Fingerprint(answer)) return absl::OkStatus();
    return WithReason(absl::AlreadyExistsError("this answerId came with other content"),
                      "ANSWER_CONFLICT");
  }
  if (!(task.is_objection() ? AnswersObjections(answer) : AnswersRepairs(answer))) {
    return FieldViolation(
        "kind", task.is_objection() ? "no answer to an objection" : "an answer to objections alone",
        task.is_objection() ? "objectionUpheld, objectionRejected or returned"
                            : "accepted, supplementRequested, decided, returned, notAccepted or "
                              "extended");
  }
  // Of another version than the one it was asked about it could be entered, but never carried out.
  const Decided* decided = std::get_if<Decided>(&answer.kind);
  if (decided != nullptr && decided->record_version != task.record.version) {
    return FieldViolation("decided.recordVersion",
                          absl::StrCat(decided->record_version, ", not the version of the task"),
                          absl::StrCat("record.version of the task: ", task.record.version));
  }
  answers_->Insert(tx, authority_code, answer, received_at);
  // Named from the task and the authority's own id, so that the same answer is the same event
  // whenever it comes.
  const Id cause =
      DeriveId(task.id, absl::StrCat("answer/", answer.answer_id), 0, stored->progress.place);
  events_->Answered(tx, {cause, received_at, stored->progress.place, stored->progress.traceparent},
                    task, answer);
  return absl::OkStatus();
}

}  // namespace xiufu::department
