#pragma once

#include <vector>

#include "libs/catalogue/authority.h"
#include "libs/data/folder.h"

namespace xiufu::catalogue {

// The rows of succession.toml. Complains about a successor that is unknown, of another level, not
// there on the first day (so that there is no circle) or the authority itself, about one that is
// still there, and about two rows of one authority that overlap or leave a gap.
std::vector<Succession> ParseSuccessions(const data::File& file,
                                         const std::vector<Authority>& authorities,
                                         data::Problems& problems);

}  // namespace xiufu::catalogue
