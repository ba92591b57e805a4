#pragma once

#include "absl/status/status.h"
#include "services/result_sync/app/ports.h"

namespace xiufu::result {

// Publication would not end a record's publicity: noted for a person, whether or not the decision
// is here yet.
class NoteRefusedEnding {
 public:
  explicit NoteRefusedEnding(const Ports* ports) : ports_(ports) {}

  absl::Status Handle(const Conflict& refused, storage::Tx& tx) const {
    ports_->conflicts->Add(tx, refused);
    return absl::OkStatus();
  }

 private:
  const Ports* const ports_;
};

}  // namespace xiufu::result
