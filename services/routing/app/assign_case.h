#pragma once

#include <string>

#include "absl/status/status.h"
#include "services/routing/app/law_book.h"
#include "services/routing/app/ports.h"
#include "services/routing/app/take_input.h"

namespace xiufu::routing {

// The desk (待分办): a person says which authority a case is for that nobody has.
class AssignCase {
 public:
  struct Command {
    Id case_id;
    std::string authority_code;
    std::string person;
    std::string reason;
  };

  AssignCase(const Ports* ports, const LawBook* law, const TakeInput* inputs)
      : ports_(ports), law_(law), inputs_(inputs) {}

  // NOT_FOUND (CASE_NOT_FOUND, AUTHORITY_NOT_FOUND), FAILED_PRECONDITION (NOT_TO_BE_ASSIGNED,
  // NOT_IN_SUITE, AUTHORITY_NOT_VALID).
  absl::Status operator()(const Command& command, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const Ports* const ports_;
  const LawBook* const law_;
  const TakeInput* const inputs_;
};

}  // namespace xiufu::routing
