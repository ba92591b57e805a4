#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "libs/catalogue/authority.h"

namespace xiufu::catalogue {

// A determining authority as a record names it.
struct NamedAuthority {
  std::string code;  // where publication knew it
  std::string name;
  std::string uscc;
};

// Who decides about a record on a day (谁认定、谁修复).
struct DecidingAuthority {
  const Authority* authority = nullptr;  // nullptr: a person says whose it is
  // The rows by which it took over from the one that the record names, in their order; none for
  // that one itself.
  std::vector<const Succession*> by;
  std::string why;  // nobody decides; Chinese first
};

// The authority that the record names: by its USCC, else by its code here, else by its exact name.
// Where that one is gone on the day, whoever has succeeded it by then. Never one of another level,
// and never one that is only called alike. Pointers are into the registry.
DecidingAuthority DecidingAuthorityOf(const NamedAuthority& named,
                                      const AuthorityRegistry& authorities, absl::CivilDay on);

}  // namespace xiufu::catalogue
