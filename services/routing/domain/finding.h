#pragma once

#include <optional>
#include <string>

namespace xiufu::routing {

// What the law makes of a breach: a record of its own, and no application for a time.
struct Breach {
  std::string rule_id;
  std::string regime;    // whose rules one may not apply by
  std::string ban_from;  // ISO 8601 dates; empty where the rule bars nobody
  std::string ban_until;
  std::string source;
  std::string confidence;
};

// The public part of the credit commitment (信用承诺) that an application rests on.
struct Commitment {
  std::string title;  // of the form by which it is given to that line of authorities
  std::string title_en;
  std::string made_on;  // ISO 8601 date
};

// What the law makes of a finding about an approval.
struct FindingLaw {
  bool revokes = false;  // of a known kind, about such an approval, on a day that has been
  std::string name;      // what its kind is called
  std::string name_en;
  std::optional<Breach> breach;
  bool breach_of_commitment = false;
  bool restarts = false;  // the rule of the repair counts its periods anew from the finding
};

}  // namespace xiufu::routing
