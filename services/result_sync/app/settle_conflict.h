#pragma once

#include <string>

#include "absl/status/status.h"
#include "services/result_sync/app/ports.h"

namespace xiufu::result {

// A person has compared a decision that publication did not carry out with the record as it is, and
// leaves both as they are.
class SettleConflict {
 public:
  struct Command {
    Id decision;
    std::string person;
    std::string reason;
  };
  explicit SettleConflict(const Conflicts* conflicts) : conflicts_(conflicts) {}
  // NOT_FOUND (CONFLICT_NOT_FOUND), FAILED_PRECONDITION (ALREADY_SETTLED).
  absl::Status operator()(const Command& command, absl::Time at, storage::Tx& tx) const;

 private:
  const Conflicts* const conflicts_;
};

}  // namespace xiufu::result
