#pragma once

#include "absl/status/status.h"
#include "services/routing/app/ports.h"
#include "services/routing/app/take_input.h"

namespace xiufu::routing {

// A person tells what became of a case in another system: filed there, accepted, not accepted,
// refused. Also of a case at the desk whose authority decides elsewhere. On the writer.
class TellRelayed {
 public:
  struct Command {
    Id case_id;
    Told told;
  };
  TellRelayed(const Ports* ports, const TakeInput* inputs) : ports_(ports), inputs_(inputs) {}

  // NOT_FOUND (CASE_NOT_FOUND), FAILED_PRECONDITION (NOT_WITH_UPSTREAM).
  absl::Status operator()(const Command& command, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const Ports* const ports_;
  const TakeInput* const inputs_;
};

}  // namespace xiufu::routing
