#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/department_adapter/app/ports.h"
#include "services/department_adapter/domain/answer.h"
#include "services/department_adapter/domain/reminder.h"
#include "services/department_adapter/domain/task.h"

namespace xiufu::department {

// An authority's acknowledgement.
struct Receipt {
  std::string authority_task_no;  // its own number, 1 to 64 characters
  std::optional<Answer> answer;   // of a system that decides in the same breath
};

// One kind of authority's system. Called by worker threads, several at a time; every call ends by
// its deadline.
//
// Every call may be repeated with the same content (a crash forgets that it was made) and must then
// have its effect once; the id of what is sent is the stable request id.
// tests/contract/connector_suite.h holds every implementation to this.
//
// Errors say what becomes of the job: UNAVAILABLE and FAILED_PRECONDITION are tried again (with
// reason RETRY_AFTER and metadata "seconds" not before that), ALREADY_EXISTS means the authority
// has other content under this id, and that and INVALID_ARGUMENT are a person's turn.
class Connector {
 public:
  virtual ~Connector() = default;
  // False for a system that decides without looking at papers: nothing is fetched for it and `file`
  // is empty.
  virtual bool WantsPapers() const { return true; }
  virtual absl::StatusOr<Receipt> Deliver(const Task& task, const ApplicationFile& file,
                                          absl::Time deadline) = 0;
  // What became of a Deliver whose answer was lost. NOT_FOUND: it never arrived.
  virtual absl::StatusOr<Receipt> Query(const Task& task, absl::Time deadline) = 0;
  virtual absl::Status PassOn(const Task& task, const Supplement& supplement,
                              const ApplicationFile& file, absl::Time deadline) = 0;
  virtual absl::Status Complain(const Task& task, const Fault& fault, absl::Time deadline) = 0;
  // What was found about completeness after the task was given; calls for nothing.
  virtual absl::Status Advise(const Task& task, const Opinion& opinion, absl::Time deadline) = 0;
  // OK, too, when the authority does not have the task any more.
  virtual absl::Status Remind(const Task& task, const Reminder& reminder, absl::Time deadline) = 0;
  // The task needs no answer any more. OK, too, when the authority does not have it. What is
  // delivered or passed on again afterwards is acknowledged as before, and calls for nothing.
  virtual absl::Status Cancel(const Task& task, const Cancellation& cancellation,
                              absl::Time deadline) = 0;
};

}  // namespace xiufu::department
