#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "libs/catalogue/rule.h"
#include "libs/data/table.h"

namespace xiufu::catalogue {

// effective_from, effective_to, source, confidence.
Provenance ReadProvenance(data::Table& table);
std::string ReadConfidence(data::Table& table);
calendar::Period ReadPeriod(data::Table& table, absl::string_view key);
Handling ReadHandling(data::Table& table);
// Codes of authorities: [a-z0-9-]{1,32}.
bool IsAuthorityCode(absl::string_view code);
std::vector<std::string> ReadAuthorityCodes(data::Table& table);
bool IsRegionCode(absl::string_view code);

// Complains about every one of `names` (under `key`) that is not among `known`.
void CheckKnown(data::Table& table, absl::string_view key, const std::vector<std::string>& names,
                const std::vector<std::string>& known);

// The `field` of every row.
template <typename Row, typename Field>
std::vector<std::string> NamesOf(const std::vector<Row>& rows, Field Row::*field) {
  std::vector<std::string> names;
  for (const Row& row : rows) names.push_back(row.*field);
  return names;
}

// Complains when `name` is among the names already read.
template <typename Row, typename Field>
void CheckNew(data::Table& table, absl::string_view key, const std::string& name,
              const std::vector<Row>& rows, Field Row::*field) {
  for (const Row& row : rows) {
    if (!name.empty() && row.*field == name) table.ComplainAbout(key, "'" + name + "' twice");
  }
}

}  // namespace xiufu::catalogue
