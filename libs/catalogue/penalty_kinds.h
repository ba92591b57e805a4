#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/catalogue/tables.h"

namespace xiufu::catalogue {

// See Catalogue::ParsePenaltyKinds.
absl::StatusOr<std::vector<std::string>> ParseKinds(const CatalogueData& data,
                                                    absl::string_view text);

}  // namespace xiufu::catalogue
