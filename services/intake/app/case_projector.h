#pragma once

#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/catalogue/messages.h"
#include "services/intake/app/notification_outbox.h"
#include "services/intake/app/ports.h"
#include "services/intake/app/tell_upstream.h"
#include "services/intake/domain/project_case.h"

namespace xiufu::intake {

// What everything that happens to a case shares: load, project, store, derive how the application
// stands, tell the applicant and the upstream doors, free or end the
// record. Runs on the writer.
class CaseProjector {
 public:
  // `notifications`: what applicants are told without asking; nullptr: nothing.
  CaseProjector(Tables tables, const catalogue::Messages* messages, const TellUpstream* upstream,
                const NotificationOutbox* notifications)
      : tables_(tables), messages_(messages), upstream_(upstream), notifications_(notifications) {}

  using Project =
      absl::FunctionRef<absl::StatusOr<CaseProjection>(const std::optional<CaseView>& known)>;
  // NOT_FOUND when the application is not here, or not submitted: this store is older than what it
  // is told. Otherwise what `project` says.
  absl::Status operator()(storage::Tx& tx, const Id& application, const Id& case_id,
                          Project project) const;

  // What follows from a projection that changed something. `application` and `cases`, all of it,
  // are brought up to date.
  void Store(storage::Tx& tx, Application& application, std::vector<CaseView>& cases,
             const CaseProjection& projection) const;

 private:
  void SettleRecord(storage::Tx& tx, const CaseProjection& projection) const;

  const Tables tables_;
  const catalogue::Messages* const messages_;
  const TellUpstream* const upstream_;
  const NotificationOutbox* const notifications_;
};

}  // namespace xiufu::intake
