#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

struct CatalogueData;  // tables.h

// One thing that a rule says and that an authority can confirm or change by itself.
struct RuleFact {
  // Within its rule: a key of the row ("minimum"), or the id of what it refers to ("M2",
  // "COND_PERFORMED", "N36-ACCEPT", "END_PUBLICITY").
  std::string field;
  // What it says, in full: another text is another fact. Not for people.
  std::string content;
  std::string source;
  std::string confidence;
};

// In the order of the procedure, each field once; only what has a meaning for such a rule.
std::vector<RuleFact> FactsOf(const CatalogueData& data, const Rule& rule);

// SHA-256 in hex of one fact, or of all of them. When the row was in force is no part of it: a row
// that is closed still says what it said.
std::string DigestOf(const RuleFact& fact);
std::string DigestOf(const std::vector<RuleFact>& facts);

}  // namespace xiufu::catalogue
