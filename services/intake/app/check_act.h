#pragma once

#include <vector>

#include "absl/status/status.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/power_of_attorney.h"

namespace xiufu::intake {

// Something that is done about an application.
struct Doing {
  Act act = Act::kUnspecified;
  Capacity acting = Capacity::kUnspecified;  // unspecified: the applicant
  std::vector<Id> records;                   // what it is about; none: all of the application
};

// Whether it may be done: an agent needs a power that covers it on that day; others act in their
// own right. Where there is an agent, who acted is kept. The refusals of CheckPower.
absl::Status CheckAct(storage::Tx& tx, const Tables& tables, const Application& application,
                      const Doing& doing, absl::Time now);

// The same of an objection.
absl::Status CheckAct(storage::Tx& tx, const Tables& tables, const Objection& objection,
                      const Doing& doing, absl::Time now);

}  // namespace xiufu::intake
