#pragma once

#include "libs/service/wiring.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/law.h"

namespace xiufu::intake {

// Forgets, once a day, whom to call back of consultations that are older than the catalogue's
// contact_days, and the words of those that are older than its register_days.
void WireContactErasure(service::Wiring& wiring, LawSource law, Tables tables);

// To be called at start.
absl::Status ArmContactErasure(storage::Database& database, absl::Time now);

}  // namespace xiufu::intake
