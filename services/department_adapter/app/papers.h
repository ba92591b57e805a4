#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/department_adapter/app/ports.h"

namespace xiufu::department {

// What no event carries of the application or objection that the task is about.
absl::StatusOr<ApplicationFile> GetFile(const Task& task, IntakeFiles& intake, absl::Time deadline);

// Brings into the cache what is not there, checked against size and SHA-256 of the task. DATA_LOSS
// when intake gives other bytes.
absl::Status EnsureMaterials(const Id& application, const std::vector<Material>& materials,
                             IntakeFiles& intake, MaterialCache& cache, absl::Time deadline);

}  // namespace xiufu::department
