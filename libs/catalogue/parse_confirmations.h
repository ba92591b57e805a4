#pragma once

#include <vector>

#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/catalogue/tables.h"
#include "libs/data/folder.h"
#include "libs/data/problems.h"

namespace xiufu::catalogue {

// confirmations.toml; the rules are already there.
std::vector<Confirmation> ParseConfirmations(const data::File& file, const CatalogueData& data,
                                             data::Problems& problems);

// Complains about a confirmation by an authority that is not registered or that the rule is not
// for.
void CheckConfirmations(const Catalogue& catalogue, const AuthorityRegistry& authorities,
                        data::Problems& problems);

}  // namespace xiufu::catalogue
