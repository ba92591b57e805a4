#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "services/department_adapter/app/ports.h"

namespace xiufu::department {

// xiufu.department.v1 in proto3 JSON as authorities get it. `public_url`: where this adapter's HTTP
// server is reached, without a slash at its end. The same arguments give the same bytes. Fields
// that are empty or zero are written, too: their readers have no schema.
std::string TaskJson(const Task& task, const ApplicationFile& file, absl::string_view public_url);
std::string SupplementJson(const Task& task, const Supplement& supplement,
                           const ApplicationFile& file, absl::string_view public_url);
std::string OpinionJson(const Opinion& opinion);
std::string FaultJson(const Fault& fault);
std::string ReminderJson(const Reminder& reminder);
std::string CancellationJson(const Cancellation& cancellation);

}  // namespace xiufu::department
