#pragma once

#include "libs/catalogue/supervision.h"
#include "libs/data/folder.h"
#include "libs/data/problems.h"

namespace xiufu::catalogue {

// supervision.toml.
Supervision ParseSupervision(const data::File& file, data::Problems& problems);

}  // namespace xiufu::catalogue
