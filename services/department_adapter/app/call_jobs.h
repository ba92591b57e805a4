#pragma once

#include "absl/time/time.h"
#include "libs/storage/tx.h"
#include "services/department_adapter/domain/task.h"

namespace xiufu::department {

constexpr char kDeliverJob[] = "deliver";        // id: of the task
constexpr char kSupplementJob[] = "supplement";  // id: of the supplement
constexpr char kFaultJob[] = "fault";            // id: of the fault
constexpr char kOpinionJob[] = "opinion";        // id: of the opinion
constexpr char kReminderJob[] = "reminder";      // id: of the reminder
constexpr char kCancelJob[] = "cancel";          // id: of the cancellation

// A call to the system of the task's authority, due at once.
void AddCallJob(storage::Tx& tx, const char* kind, const Id& id, const Task& task, absl::Time now);

}  // namespace xiufu::department
