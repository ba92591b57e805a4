#pragma once

#include <vector>

#include "libs/catalogue/rule.h"
#include "libs/catalogue/tables.h"
#include "libs/data/folder.h"

namespace xiufu::catalogue {

// rules.toml: rules, exclusions and the periods of earlier regimes. Fills rules, exclusions and
// transitions; the rest of `data` must be read before, because rows refer to it.
void ParseRules(const data::File& file, const std::vector<Deadline>& deadlines,
                const std::vector<Effect>& effects, data::Problems& problems, CatalogueData& data);

// classes.toml: the class standards. Rules must be read before.
void ParseClasses(const data::File& file, data::Problems& problems, CatalogueData& data);

}  // namespace xiufu::catalogue
