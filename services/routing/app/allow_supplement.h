#pragma once

#include <string>

#include "absl/status/status.h"
#include "services/routing/app/ports.h"
#include "services/routing/app/take_input.h"

namespace xiufu::routing {

// A supervisor lets an authority ask for a supplement once more, on a new ground.
class AllowSupplement {
 public:
  struct Command {
    Id case_id;
    std::string answer_id;
    std::string person;
    std::string reason;
  };

  AllowSupplement(const Ports* ports, const TakeInput* inputs) : ports_(ports), inputs_(inputs) {}

  // NOT_FOUND (CASE_NOT_FOUND, ANSWER_NOT_FOUND), FAILED_PRECONDITION (NOTHING_TO_ALLOW).
  absl::Status operator()(const Command& command, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const Ports* const ports_;
  const TakeInput* const inputs_;
};

}  // namespace xiufu::routing
