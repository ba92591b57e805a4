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

// What the law makes of a finding about an approval.
struct FindingLaw {
  bool revokes = false;  // of a known kind, about such an approval, on a day that has been
  std::string name;      // what its kind is called
  std::string name_en;
  std::optional<Breach> breach;
  bool restarts = false;  // the rule of the repair counts its periods anew from the finding
};

}  // namespace xiufu::routing
