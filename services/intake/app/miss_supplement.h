#pragma once

#include "libs/messaging/cause.h"
#include "services/intake/app/case_projector.h"
#include "services/intake/app/ports.h"

namespace xiufu::intake {

// Routing says that the applicant's time is up. Whether a supplement came before is known on
// intake's writer alone: if none did, none is taken any more and routing is told so.
class MissSupplement {
 public:
  MissSupplement(const CaseProjector* project, const Announcer* announcer)
      : project_(project), announcer_(announcer) {}

  absl::Status operator()(const SupplementOverdue& event, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const CaseProjector* const project_;
  const Announcer* const announcer_;
};

}  // namespace xiufu::intake
