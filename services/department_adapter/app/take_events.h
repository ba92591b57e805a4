#pragma once

#include "absl/status/status.h"
#include "libs/catalogue/messages.h"
#include "libs/messaging/cause.h"
#include "libs/storage/tx.h"
#include "services/department_adapter/app/ports.h"

namespace xiufu::department {

// Handlers of the streams "dept.<code>": each leaves a row and the job that calls the authority.
// What is known with the same content is a no-op, with other content ALREADY_EXISTS; a notice about
// an unknown task is NOT_FOUND (the task may come).
class TakeEvents {
 public:
  TakeEvents(const Tasks* tasks, const Notices* notices, const catalogue::Messages* messages)
      : tasks_(tasks), notices_(notices), messages_(messages) {}

  absl::Status TaskGiven(Task task, const messaging::Cause& cause, storage::Tx& tx) const;
  // The id is derived here: whatever stands in it is replaced.
  absl::Status SupplementPassedOn(Supplement supplement, const messaging::Cause& cause,
                                  storage::Tx& tx) const;
  absl::Status OpinionGiven(Opinion opinion, const messaging::Cause& cause, storage::Tx& tx) const;
  absl::Status AnswerFaulty(Fault fault, const messaging::Cause& cause, storage::Tx& tx) const;
  // Id and, where nobody wrote any, words are filled in here.
  absl::Status ReminderGiven(Reminder reminder, const messaging::Cause& cause,
                             storage::Tx& tx) const;
  // Drops what is still on its way about the task, apart from the task itself: its own job says
  // whether there is anything to cancel at the authority. Id and reason are filled in here.
  absl::Status TaskCancelled(Cancellation cancellation, const messaging::Cause& cause,
                             storage::Tx& tx) const;

 private:
  void PutInWords(Opinion& opinion) const;
  void AddNoticeJob(storage::Tx& tx, const char* kind, const Id& id, const Task& task,
                    const messaging::Cause& cause) const;

  const Tasks* tasks_;
  const Notices* notices_;
  const catalogue::Messages* messages_;
};

// FAILED_PRECONDITION naming the words for authorities that are missing.
absl::Status CheckMessages(const catalogue::Messages& messages);

}  // namespace xiufu::department
