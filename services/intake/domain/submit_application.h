#pragma once

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/intake/domain/application.h"
#include "services/intake/domain/ban.h"
#include "services/intake/domain/law.h"
#include "services/intake/domain/material.h"

namespace xiufu::intake {

// Submits a draft at `now`: no record may be taken (`holds`, one per record), every record is
// judged on that day, every required material must be there; then each record is bound to its rule.
// A pushed application is not refused for `bans`: the authority is shown them. `by_power`: the
// power of attorney is among the papers asked for. Refused with nothing changed:
//   ALREADY_EXISTS RECORD_HAS_OPEN_APPLICATION, with metadata "record"
// and, as FAILED_PRECONDITION,
//   APPLICATION_ALREADY_SUBMITTED
//   RECORD_ALREADY_REPAIRED, with metadata "record"
//   RECORD_NOT_ELIGIBLE (and the others of CheckSubmittable), of the first such record, with a
//   violation for each
//   MATERIALS_MISSING, with a violation for each missing kind and their list in
//   metadata "kinds"
absl::Status DecideSubmit(const Law& law, absl::Time now,
                          const std::vector<std::optional<Hold>>& holds,
                          const std::vector<Material>& materials, const std::vector<Ban>& bans,
                          bool by_power, Application& application,
                          std::vector<ApplicationRecord>& records);

// What routing is told. Materials are in order of upload.
struct ApplicationSubmitted {
  const Application* application = nullptr;
  const std::vector<ApplicationRecord>* records = nullptr;
  const std::vector<Material>* materials = nullptr;
};

}  // namespace xiufu::intake
