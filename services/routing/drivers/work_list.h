#pragma once

#include <string>
#include <vector>

#include "libs/catalogue/law.h"
#include "libs/storage/session.h"
#include "services/routing/drivers/supervision_list.h"

namespace xiufu::routing {

struct WorkItem {
  Case kase;
  std::string application_number;
  std::vector<ClockRow> clocks;  // that run
  Light light = Light::kGreen;   // the worst of them
};

// Open cases that an authority was given.
class WorkList {
 public:
  // From the first after `after` on. `authority_code` empty: of all.
  std::vector<WorkItem> Of(storage::Session& session, const std::string& authority_code,
                           const Id& after, int limit, const catalogue::Law& law,
                           absl::Time now) const;

 private:
  const CaseTable cases_{};
  const SupervisionList clocks_{};
};

}  // namespace xiufu::routing
