#pragma once

#include "absl/status/status.h"
#include "libs/messaging/cause.h"
#include "libs/storage/tx.h"
#include "services/department_adapter/app/ports.h"

namespace xiufu::department {

constexpr char kDeliverJob[] = "deliver";        // id: of the task
constexpr char kSupplementJob[] = "supplement";  // id: of the supplement
constexpr char kFaultJob[] = "fault";            // id: of the fault

// Handlers of the streams "dept.<code>": each leaves a row and the job that calls the authority.
// What is known with the same content is a no-op, with other content ALREADY_EXISTS; a notice about
// an unknown task is NOT_FOUND (the task may come).
class TakeEvents {
 public:
  TakeEvents(const Tasks* tasks, const Notices* notices) : tasks_(tasks), notices_(notices) {}

  absl::Status TaskGiven(const Task& task, const messaging::Cause& cause, storage::Tx& tx) const;
  // The id is derived here: whatever stands in it is replaced.
  absl::Status SupplementPassedOn(Supplement supplement, const messaging::Cause& cause,
                                  storage::Tx& tx) const;
  absl::Status AnswerFaulty(Fault fault, const messaging::Cause& cause, storage::Tx& tx) const;

 private:
  const Tasks* tasks_;
  const Notices* notices_;
};

}  // namespace xiufu::department
