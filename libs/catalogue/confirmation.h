#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

struct CatalogueData;  // tables.h
struct ClassStandard;  // tables.h

// An authority's word, by a sheet that it sent back, that a version of a rule is right for its own
// records (业务方案确认表).
struct Confirmation {
  std::string authority;          // its code
  std::string rule;               // an id, or kOwnFacts (own_facts.h)
  absl::CivilDay effective_from;  // of the version that was confirmed
  std::string field;              // one fact of it (rule_fact.h); empty: the whole row
  std::string content;            // SHA-256 of what was confirmed: a row changed later is not
  std::string document;           // number of the document the sheet came with
  absl::CivilDay date;            // of that document
  std::string by;                 // who sealed it
  std::string changed_to;         // what it should be instead: asked for, and nothing is confirmed
  bool covers = false;            // the rule still says what was confirmed
  std::string file;               // for complaints
  int line = 0;
};

// A rule as one authority has confirmed it: with "A" where it has.
struct ConfirmedRule {
  std::string authority;
  Rule rule;
};

// A class standard that an authority has confirmed.
struct ConfirmedStandard {
  std::string authority;
  std::string id;
};
std::vector<ConfirmedStandard> ConfirmStandards(const CatalogueData& data);
// As sure as the row, or confirmed by this authority.
std::string ConfidenceFor(const CatalogueData& data, const ClassStandard& standard,
                          absl::string_view authority);

// What the confirmations that still cover something make of the rules, for each authority.
std::vector<ConfirmedRule> ConfirmRules(const CatalogueData& data);

// The rule as the authority has confirmed it; the rule itself where it has not.
const Rule* AsConfirmedBy(const CatalogueData& data, const Rule* rule, absl::string_view authority);

}  // namespace xiufu::catalogue
