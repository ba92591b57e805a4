#pragma once

#include <string>

#include "services/publication/domain/withdrawal.h"

namespace xiufu::publication {

// Everything that a due date was computed from, as it is kept and told: one JSON object, without a
// line break. tests/receipts/recompute.py recomputes the day from it alone.
std::string ReceiptJson(const Withdrawal& withdrawal);

}  // namespace xiufu::publication
