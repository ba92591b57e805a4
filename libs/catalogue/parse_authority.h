#pragma once

#include "libs/catalogue/authority.h"
#include "libs/data/folder.h"

namespace xiufu::catalogue {

Authority ParseAuthority(const data::File& file, data::Problems& problems);

// Codes and USCCs are unique. `files` are those the authorities came from, in the same order.
void CheckUnique(const std::vector<data::File>& files, const std::vector<Authority>& authorities,
                 data::Problems& problems);

}  // namespace xiufu::catalogue
