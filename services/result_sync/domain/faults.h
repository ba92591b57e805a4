#pragma once

#include <string>

#include "services/result_sync/domain/decision.h"

namespace xiufu::result {

// Why the answer cannot be entered as a decision, all of it, for the authority to read (Chinese
// first); empty when it can be entered.
std::string FaultOf(const TakenAnswer& answer);

}  // namespace xiufu::result
