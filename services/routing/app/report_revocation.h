#pragma once

#include <string>

#include "absl/status/status.h"
#include "services/routing/app/ports.h"
#include "services/routing/app/take_input.h"

namespace xiufu::routing {

// A finding about an approval that did not come from the authority's system: a letter of the
// authority, a judgment.
class ReportRevocation {
 public:
  struct Command {
    Id case_id;               // this or decision_no
    std::string decision_no;  // of the approval
    Answered finding;         // a Revoked; task and authority are the case's
  };

  ReportRevocation(const Ports* ports, const TakeInput* inputs) : ports_(ports), inputs_(inputs) {}

  // Told again it is nothing. NOT_FOUND (CASE_NOT_FOUND); FAILED_PRECONDITION (NOTHING_TO_REVOKE
  // with what is in the way, DECISION_NO_AMBIGUOUS); ALREADY_EXISTS (FINDING_KNOWN_OTHERWISE) for
  // the same document with other content.
  absl::Status operator()(const Command& command, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  absl::StatusOr<Case> FindCase(const Command& command, storage::Tx& tx) const;

  const Ports* const ports_;
  const TakeInput* const inputs_;
};

}  // namespace xiufu::routing
