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
std::vector<Reviewer> ParseReviewers(const data::File& file, data::Problems& problems);
std::vector<Region> ParseRegions(const data::File& file, data::Problems& problems);
// These two refer to materials, which must be read before.
std::vector<Condition> ParseConditions(const data::File& file, const CatalogueData& data,
                                       data::Problems& problems);
std::vector<Ground> ParseGrounds(const data::File& file, const CatalogueData& data,
                                 data::Problems& problems);
// Refers to effects, which must be read before.
std::vector<Finding> ParseFindings(const data::File& file, const std::vector<Effect>& effects,
                                   data::Problems& problems);
std::vector<PenaltyField> ParseFields(const data::File& file, data::Problems& problems);
// Fills authority_kinds and channels.
void ParseAuthorityKinds(const data::File& file, data::Problems& problems, CatalogueData& data);
TransitionPolicy ParseTransition(const data::File& file, data::Problems& problems);
// Fills kinds, aliases and other_kind.
void ParsePenaltyKindFile(const data::File& file, data::Problems& problems, CatalogueData& data);

}  // namespace xiufu::catalogue
