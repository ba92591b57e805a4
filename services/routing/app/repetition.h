#pragma once

#include "absl/status/statusor.h"
#include "services/routing/app/ports.h"

namespace xiufu::routing {

// True when the case has taken this input before; ALREADY_EXISTS when it has taken another one
// under the same key.
absl::StatusOr<bool> IsRepetition(const Ports& ports, const Case& kase, const CaseInput& input,
                                  storage::Tx& tx);

absl::Status OtherContent(const CaseInput& input);

}  // namespace xiufu::routing
