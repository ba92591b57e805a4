#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu::department {

// DUE_SOON: a due date is near. OVERDUE: it was missed. SUPERVISION_ORDER: 督办单.
inline constexpr absl::string_view kReminderKinds[] = {"DUE_SOON", "OVERDUE", "SUPERVISION_ORDER"};

// What an authority is told beside its task: it asks for no answer and decides nothing.
struct Reminder {
  Id id;  // stable request id
  Id task;
  std::string kind;           // of kReminderKinds
  std::string text;           // an order's demand; else in words by the kind, Chinese first
  std::string deadline_kind;  // "DECIDE", ...
  std::string due_date;       // of that deadline; of an order: by when it is to be replied to
  std::string number;         // of an order
  absl::Time given_at;
};

}  // namespace xiufu::department
