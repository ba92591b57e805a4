#pragma once

#include "libs/service/wiring.h"
#include "libs/storage/database.h"
#include "services/intake/app/ports.h"
#include "services/intake/drivers/material_store.h"

namespace xiufu::intake {

// Removes the blobs of uploads that never got their row: a timer every hour, which leaves the disk
// to a job.
void WireMaterialSweep(service::Wiring& wiring, storage::Database* database, Tables tables,
                       MaterialStore* materials);

// Sets the first timer, some minutes after `now`. At every start; not in simulations, which end
// when nothing is due.
absl::Status ArmMaterialSweep(storage::Database& database, absl::Time now);

}  // namespace xiufu::intake
