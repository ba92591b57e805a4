#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libs/storage/timers.h"
#include "services/routing/app/ports.h"
#include "services/routing/app/take_input.h"

namespace xiufu::routing {

// The pre-check (预审): a person says that all papers are there, or all that is missing. It refuses
// nothing, and when its time is up, the case is passed on.
class ReviewCase {
 public:
  struct Command {
    Id case_id;
    std::vector<std::string> defects;  // empty: all is there
    std::string person;
    std::string note;
  };
  struct OpinionCommand {
    Id case_id;
    std::string person;
    std::string text;
  };

  ReviewCase(const Ports* ports, const TakeInput* inputs) : ports_(ports), inputs_(inputs) {}

  // NOT_FOUND (CASE_NOT_FOUND), FAILED_PRECONDITION (NOT_IN_PRE_CHECK, DEFECTS_TOLD_ALREADY).
  absl::Status operator()(const Command& command, const messaging::Cause& cause,
                          storage::Tx& tx) const;
  // Beside the authority's clock, about a case that was not held up for it: kept and told.
  // NOT_FOUND (CASE_NOT_FOUND), FAILED_PRECONDITION (CASE_ENDED, IN_PRE_CHECK).
  absl::Status operator()(const OpinionCommand& command, const messaging::Cause& cause,
                          storage::Tx& tx) const;
  // The timer function of the deadline PRE_CHECK.
  absl::Status OnTimeUp(storage::Tx& tx, const storage::Timer& timer) const;

 private:
  absl::StatusOr<Meaning> Take(const Case& kase, Reviewed reviewed, absl::Time at,
                               const messaging::Cause& cause, storage::Tx& tx) const;

  const Ports* const ports_;
  const TakeInput* const inputs_;
};

}  // namespace xiufu::routing
