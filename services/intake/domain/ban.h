#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "libs/base/id.h"
#include "services/intake/domain/record.h"

namespace xiufu::intake {

// For a time a subject may not apply by the rules of one regime, because of a breach in an earlier
// repair.
struct Ban {
  Id revocation;
  std::string subject_uscc;
  std::string regime;
  std::string rule_id;
  absl::CivilDay from;
  absl::CivilDay until;  // the last day
  std::string document_no;
  Authority authority;  // that found it
  std::string source;
  std::string confidence;
  bool InForce(absl::CivilDay on) const { return from <= on && on <= until; }
  friend bool operator==(const Ban&, const Ban&) = default;
};

// The longest of those in force on a day by the rules of a regime; nullptr: none.
const Ban* BanBy(const std::vector<Ban>& bans, absl::string_view regime, absl::CivilDay on);

}  // namespace xiufu::intake
