#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/department_adapter/app/ports.h"

namespace xiufu::department {

// Events of the streams "dept.<code>". INVALID_ARGUMENT for bytes that are none, lack an id, or
// have a paper whose hash is not one or a cause that is none.
absl::StatusOr<Task> DecodeTaskGiven(absl::string_view data);
absl::StatusOr<Task> DecodeObjectionGiven(absl::string_view data);
absl::StatusOr<Supplement> DecodeSupplementPassedOn(absl::string_view data);
absl::StatusOr<Opinion> DecodeOpinionGiven(absl::string_view data);
absl::StatusOr<Fault> DecodeAnswerFaulty(absl::string_view data);
absl::StatusOr<Reminder> DecodeReminderGiven(absl::string_view data);
absl::StatusOr<Cancellation> DecodeTaskCancelled(absl::string_view data);

// Events of the streams "adapter.<code>".
class OutboxEvents final : public Events {
 public:
  void Delivered(storage::Tx& tx, const messaging::Cause& cause, const Task& task,
                 absl::string_view authority_task_no) const override;
  void Answered(storage::Tx& tx, const messaging::Cause& cause, const Task& task,
                const Answer& answer) const override;
};

}  // namespace xiufu::department
