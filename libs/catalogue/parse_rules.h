#pragma once

#include <vector>

#include "libs/catalogue/rule.h"
#include "libs/catalogue/tables.h"
#include "libs/data/folder.h"

namespace xiufu::catalogue {

// regime-<name>.toml: the rules and exclusions of one instrument. The terms of `data` must be read
// before, because rows refer to them.
void ParseRegime(const data::File& file, const std::vector<Deadline>& deadlines,
                 const std::vector<Effect>& effects, data::Problems& problems, CatalogueData& data);

// classes.toml: the class standards.
void ParseClasses(const data::File& file, data::Problems& problems, CatalogueData& data);

}  // namespace xiufu::catalogue
