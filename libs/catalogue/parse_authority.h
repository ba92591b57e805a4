#pragma once

#include "libs/catalogue/authority.h"
#include "libs/data/folder.h"

namespace xiufu::catalogue {

Authority ParseAuthority(const data::File& file, data::Problems& problems);

// Codes, USCCs and names are unique; superiors and observers are there, and nobody is above itself.
// `files` are those the authorities came from, in the same order.
void CheckTogether(const std::vector<data::File>& files, const std::vector<Authority>& authorities,
                   data::Problems& problems);

}  // namespace xiufu::catalogue
