#pragma once

#include <memory>
#include <string>

#include "libs/base/clock.h"
#include "libs/base/interruption.h"
#include "services/department_adapter/app/ports.h"

namespace xiufu::department {

// Intake's ApplicationFileService. `target`: host:port; `token`: ours as a caller; `interruption`
// cuts its calls short (nullptr: nothing does) and outlives it. Thread-safe.
std::unique_ptr<IntakeFiles> NewIntakeClient(const std::string& target, const std::string& token,
                                             const Clock* clock,
                                             Interruption* interruption = nullptr);

}  // namespace xiufu::department
