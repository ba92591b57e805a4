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

// A penalty under the ordinary procedure, of the transport bureau.
inline RecordFacts Penalty(std::vector<std::string> kinds, const char* decided) {
  RecordFacts facts;
  facts.authority_code = "transport";
  facts.authority_kind = "TRANSPORT";
  facts.kinds = std::move(kinds);
  facts.determined_on = *ParseDay(decided);
  facts.procedure = "普通";
  return facts;
}

// An entry of a list of an authority of this line.
inline RecordFacts Entry(MatterKind matter, const char* authority_kind, const char* listed) {
  RecordFacts facts;
  facts.matter = matter;
  facts.authority_kind = authority_kind;
  facts.determined_on = *ParseDay(listed);
  return facts;
}

}  // namespace xiufu::catalogue
