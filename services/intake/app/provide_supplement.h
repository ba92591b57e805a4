#pragma once

#include "services/intake/app/application_view.h"
#include "services/intake/app/call_cause.h"
#include "services/intake/app/case_projector.h"
#include "services/intake/app/client_write.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/provide_supplement.h"

namespace xiufu::intake {

// Answers the open supplement request of one case; routing passes it on. Any thread.
class ProvideSupplementCase {
 public:
  ProvideSupplementCase(CallContext context, Tables tables, const CaseProjector* projector,
                        const Announcer* announcer);

  // The refusals of ValidateSupplement and DecideSupplement; NOT_FOUND for an application of
  // another principal, and with reason CASE_NOT_FOUND for a case that is not the application's.
  void operator()(const Call& call, const SupplementCommand& command,
                  ClientWrite<ApplicationView> write);

  // On the writer, for who has checked the form.
  absl::StatusOr<ApplicationView> Provide(storage::Tx& tx, const Call& call,
                                          const Supplement& supplement, absl::Time now) const;

 private:
  const CallContext context_;
  const Tables tables_;
  const CaseProjector* const projector_;
  const Announcer* const announcer_;
};

}  // namespace xiufu::intake
