#pragma once

#include "services/intake/app/application_view.h"
#include "services/intake/app/call_cause.h"
#include "services/intake/app/client_write.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/create_application.h"
#include "services/intake/domain/law.h"

namespace xiufu::intake {

// Makes a draft. Publication is asked before the writer; the draft keeps each record as it was,
// with its version. Takes no record yet. Any thread.
class CreateApplicationCase {
 public:
  CreateApplicationCase(CallContext context, LawSource law, Tables tables, RecordSource* source,
                        std::string agent_secret);

  // Beside the refusals of ValidateCreate and CheckRecords: ALREADY_EXISTS with reason
  // UPSTREAM_NO_IN_USE, FAILED_PRECONDITION with reason SUBJECT_BANNED; what CheckPower and
  // RecordSource::Get say; PERMISSION_DENIED with reason CLERK_REQUIRED for a window that names
  // none.
  void operator()(const Call& call, const CreateCommand& command,
                  ClientWrite<ApplicationView> write);

  // What ValidateCreate says of it.
  absl::Status Check(const CreateCommand& command) const;

  // With its number and query code, in no table yet. RESOURCE_EXHAUSTED when the day has no number
  // left.
  absl::StatusOr<Application> NewApplication(storage::Tx& tx, const std::string& principal,
                                             const Draft& draft, absl::Time now) const;

 private:
  absl::StatusOr<ApplicationView> Create(storage::Tx& tx, const Call& call, const Draft& draft,
                                         const std::vector<RecordSnapshot>& snapshots,
                                         absl::Time now) const;
  absl::Status CheckBans(storage::Tx& tx, const Draft& draft,
                         const std::vector<RecordSnapshot>& snapshots, absl::Time now) const;

  const CallContext context_;
  const LawSource law_;
  const Tables tables_;
  RecordSource* const source_;
  const std::string agent_secret_;  // AgentOfPerson
};

}  // namespace xiufu::intake
