#pragma once

#include <map>
#include <string>
#include <vector>

#include "libs/base/region.h"
#include "libs/catalogue/rule.h"
#include "libs/catalogue/tables.h"
#include "libs/data/folder.h"

namespace xiufu::catalogue {

// One function per file of terms that rules refer to.
std::vector<MaterialKind> ParseMaterials(const data::File& file, data::Problems& problems);
std::vector<Deadline> ParseDeadlines(const data::File& file, data::Problems& problems);
std::vector<Effect> ParseEffects(const data::File& file, data::Problems& problems);
std::vector<Region> ParseRegions(const data::File& file, data::Problems& problems);
// Fills kinds, aliases and other_kind.
void ParsePenaltyKindFile(const data::File& file, data::Problems& problems, CatalogueData& data);

}  // namespace xiufu::catalogue
