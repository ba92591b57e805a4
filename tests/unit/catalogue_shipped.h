#pragma once

#include <stdexcept>
#include <string>

#include "libs/base/legal_day.h"
#include "libs/catalogue/catalogue.h"

namespace xiufu::catalogue {

// The catalogue that is shipped; ends the test binary's run with its complaints when it does not
// load.
inline const Catalogue& ShippedCatalogue() {
  static const absl::StatusOr<Catalogue> catalogue = Catalogue::Load("deploy/catalogue");
  if (!catalogue.ok()) throw std::runtime_error(catalogue.status().ToString());
  return *catalogue;
}

// A penalty under the ordinary procedure.
inline PenaltyFacts Penalty(std::vector<std::string> kinds, const char* decided) {
  PenaltyFacts facts;
  facts.authority_code = "transport";
  facts.kinds = std::move(kinds);
  facts.decision_date = *ParseDay(decided);
  facts.procedure = "普通";
  return facts;
}

}  // namespace xiufu::catalogue
