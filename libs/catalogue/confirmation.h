#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

struct CatalogueData;  // tables.h

// An authority's word, by a sheet that it sent back, that a version of a rule is right for its own
// records (业务方案确认表).
struct Confirmation {
  std::string authority;          // its code
  std::string rule;               // an id
  absl::CivilDay effective_from;  // of the version that was confirmed
  std::string field;              // one fact of it (rule_fact.h); empty: the whole row
  std::string content;            // SHA-256 of what was confirmed: a row changed later is not
  std::string document;           // number of the document the sheet came with
  absl::CivilDay date;            // of that document
  std::string by;                 // who sealed it
  bool covers = false;            // the rule still says what was confirmed
  std::string file;               // for complaints
  int line = 0;
};

// A rule as one authority has confirmed it: with "A" where it has.
struct ConfirmedRule {
  std::string authority;
  Rule rule;
};

// What the confirmations that still cover something make of the rules, for each authority.
std::vector<ConfirmedRule> ConfirmRules(const CatalogueData& data);

// The rule as the authority has confirmed it; the rule itself where it has not.
const Rule* AsConfirmedBy(const CatalogueData& data, const Rule* rule, absl::string_view authority);

}  // namespace xiufu::catalogue
