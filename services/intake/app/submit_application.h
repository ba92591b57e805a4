#pragma once

#include <string>

#include "services/intake/app/application_view.h"
#include "services/intake/app/call_cause.h"
#include "services/intake/app/client_write.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/law.h"

namespace xiufu::intake {

// Hands a draft in: needs no other service. Takes the records and tells routing. Any thread.
class SubmitApplicationCase {
 public:
  SubmitApplicationCase(CallContext context, LawSource law, Tables tables,
                        const Announcer* announcer);

  // The refusals of DecideSubmit and CheckAct; NOT_FOUND for an application of another principal.
  // `acting`: who does it; unspecified: the applicant.
  void operator()(const Call& call, const std::string& name, ClientWrite<ApplicationView> write,
                  Capacity acting = Capacity::kUnspecified);

 private:
  absl::StatusOr<ApplicationView> Submit(storage::Tx& tx, const Call& call, const Id& id,
                                         Capacity acting, absl::Time now) const;

  const CallContext context_;
  const LawSource law_;
  const Tables tables_;
  const Announcer* const announcer_;
};

}  // namespace xiufu::intake
