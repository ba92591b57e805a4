#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"

namespace xiufu::catalogue {

// What catalogue and registry must say of each other: every authority's line is in the catalogue,
// and it has an implementation code for exactly the items of its line. INVALID_ARGUMENT lists
// everything wrong by the authority's file in `folder`.
absl::Status CheckAgreement(const Catalogue& catalogue, const AuthorityRegistry& authorities,
                            absl::string_view folder);

}  // namespace xiufu::catalogue
