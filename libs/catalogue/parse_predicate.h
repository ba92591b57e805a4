#pragma once

#include "libs/catalogue/tables.h"
#include "libs/data/table.h"

namespace xiufu::catalogue {

// The keys of a row that say when it applies: matters, authority_kinds, authorities, classes,
// fields, only_kinds, grounds, procedures, curable, basis. The terms of `data` must be read before.
Predicate ReadPredicate(data::Table& row, const CatalogueData& data);

// An enumeration's members by name; `key` may be missing.
std::vector<MatterKind> ReadMatters(data::Table& row);
RecordClass ClassFrom(absl::string_view name);

}  // namespace xiufu::catalogue
