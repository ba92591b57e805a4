#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/result_sync/app/ports.h"

namespace xiufu::result {

// Publication has ended a record's publicity: the effects that it carries are confirmed, and with
// the last one of the decision the loop is closed (闭环).
class ConfirmEffects {
 public:
  explicit ConfirmEffects(const Ports* ports) : ports_(ports) {}

  // Kept for later when the decision is not here yet; a conflict when the case's decision is
  // another one.
  void Handle(const PublicityEnded& ended, const messaging::Cause& cause, storage::Tx& tx) const;
  // Names that the case does not have, or that were confirmed before, are nothing.
  void Confirm(storage::Tx& tx, const messaging::Cause& cause, const Id& case_id,
               const Id& application, const std::vector<std::string>& names, absl::Time at) const;

 private:
  const Ports* const ports_;
};

}  // namespace xiufu::result
