#pragma once

#include "libs/catalogue/tables.h"
#include "libs/data/folder.h"

namespace xiufu::catalogue {

// What only shows when all rules are read: a rule and the one beside it, the deadlines and
// materials that it needs on each of its days, and whether who looks, who decides and what ends
// publicity fit together. For each rule of a regime's file.
void CheckRules(const data::File& file, data::Problems& problems, const CatalogueData& data);

}  // namespace xiufu::catalogue
