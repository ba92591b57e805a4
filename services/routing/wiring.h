#pragma once

#include "absl/status/status.h"
#include "libs/base/clock.h"
#include "libs/catalogue/law.h"
#include "libs/service/wiring.h"
#include "libs/storage/database.h"

namespace xiufu::routing {

// The law outlives the wiring.
service::Wiring WireRouting(const catalogue::LawInForce* law);

// At start and whenever the law was loaded: brings everything open to the calendar in force, in the
// background.
absl::Status ApplyCalendar(storage::Database& database, const catalogue::LawInForce& law,
                           absl::Time now);

}  // namespace xiufu::routing
