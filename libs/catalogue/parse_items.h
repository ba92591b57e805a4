#pragma once

#include <vector>

#include "libs/catalogue/item.h"
#include "libs/catalogue/tables.h"
#include "libs/data/folder.h"
#include "libs/data/table.h"

namespace xiufu::catalogue {

// Fills items and one_thing; the kinds of authorities must be read before.
void ParseItems(const data::File& file, data::Problems& problems, CatalogueData& data);
// [[implementation]] of an authority. That the items exist is told by CheckAgreement.
std::vector<Implementation> ReadImplementations(data::Table& authority);

}  // namespace xiufu::catalogue
