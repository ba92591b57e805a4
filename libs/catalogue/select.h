#pragma once

#include <optional>
#include <tuple>
#include <vector>

#include "absl/time/civil_time.h"
#include "libs/catalogue/facts.h"
#include "libs/catalogue/tables.h"

namespace xiufu::catalogue {

// The rules in force on a day that fit a record. Pointers into the data.
struct Selection {
  const Rule* rule = nullptr;          // the one that governs; null when none does, or in a tie
  std::vector<const Rule*> tied;       // nothing tells them apart: a person decides
  std::vector<const Rule*> set_aside;  // they fit too, but go behind
};

// The higher precedence goes first, then what may not be published at all, then the rule that asks
// more of the record (lex specialis).
Selection SelectRule(const CatalogueData& data, const RecordFacts& facts,
                     std::optional<RecordClass> record_class, absl::CivilDay on);

// The version of a rule that is in force on a day; nullptr when there is none.
const Rule* RuleOn(const CatalogueData& data, absl::string_view id, absl::CivilDay on);

bool Fits(const Predicate& when, const RecordFacts& facts, std::optional<RecordClass> record_class);
// Of two rules that fit a record the one with the higher rank governs it.
std::tuple<Precedence, bool, int> RankOf(const Rule& rule);
// How many things about a record it asks for.
int Specificity(const Predicate& when);

// Empty lists of a row mean "any".
bool FitsAny(const std::vector<std::string>& wanted, absl::string_view value);

}  // namespace xiufu::catalogue
