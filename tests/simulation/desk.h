#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/catalogue/law.h"
#include "libs/storage/database.h"
#include "services/routing/wiring.h"

namespace xiufu::simulation {

// The persons at routing, in the same process: whoever assigns, reviews, supervises, tells.
class Desk {
 public:
  Desk(storage::Database* routing, const catalogue::LawInForce* law, const Clock* clock, Ids* ids)
      : routing_(routing), law_(law), clock_(clock), ids_(ids) {}

  absl::Status Assign(const routing::AssignCase::Command& command);
  absl::Status Allow(const routing::AllowSupplement::Command& command);
  absl::Status Review(const routing::ReviewCase::Command& command);
  absl::Status Think(const routing::ReviewCase::OpinionCommand& command);
  // What became of a case elsewhere.
  absl::Status Tell(const routing::TellRelayed::Command& command);
  // A finding about an approval, by letter.
  absl::Status Revoke(const routing::ReportRevocation::Command& command);
  absl::Status AssignObjection(const routing::TakeObjection::Assignment& assignment);

 private:
  absl::Status Act(const Id& about,
                   absl::FunctionRef<absl::Status(const messaging::Cause&, storage::Tx&)> act);

  storage::Database* const routing_;
  const catalogue::LawInForce* const law_;
  const Clock* const clock_;
  Ids* const ids_;
};

// A refusal, as a person tells it of a case that was decided elsewhere.
routing::Told ToldRefusal(const Id& case_id, const std::string& day);

}  // namespace xiufu::simulation
