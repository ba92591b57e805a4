#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/catalogue/rule_fact.h"
#include "libs/catalogue/tables.h"

namespace xiufu::catalogue {

// Where a confirmation names a rule: what is about the authority itself and under no rule.
inline constexpr char kOwnFacts[] = "AUTHORITY";

// How it takes part ("handling"), its number ("hotline"), the codes of each item of its line (the
// item's id) and each standard that classes its records on a day (the standard's id). With "A"
// where it has confirmed one.
std::vector<RuleFact> OwnFactsOf(const Catalogue& catalogue, const Authority& authority,
                                 absl::CivilDay on);

RuleFact FactOf(const ClassStandard& standard);

}  // namespace xiufu::catalogue
