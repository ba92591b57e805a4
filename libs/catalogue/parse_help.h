#pragma once

#include "libs/catalogue/tables.h"
#include "libs/data/folder.h"
#include "libs/data/problems.h"

namespace xiufu::catalogue {

// windows.toml into data.windows and data.hotlines; the regions are already there.
void ParseWindows(const data::File& file, data::Problems& problems, CatalogueData& data);
// forms.toml; materials and lines of authorities are already there.
std::vector<Form> ParseForms(const data::File& file, const CatalogueData& data,
                             data::Problems& problems);

}  // namespace xiufu::catalogue
