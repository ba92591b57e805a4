#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/catalogue/help.h"

namespace xiufu::intake {

// How much one agent applied for in a period.
struct AgentCount {
  std::string agent;              // an organisation's code, or a hash (AgentOfPerson)
  std::string organisation_name;  // empty for a person
  int64_t subjects = 0;
  int64_t applications = 0;
  std::string latest_number;  // of the application that was submitted last
};

struct AgentFilter {
  absl::Time from;   // inclusive
  absl::Time until;  // exclusive
  int64_t offset = 0;
  int limit = 0;
};

// Somebody to be looked at: paid repair agents apply for many. A lead, not a finding.
inline bool StandsOut(const AgentCount& count, const catalogue::WindowTerms& terms) {
  return (terms.agent_subjects > 0 && count.subjects >= terms.agent_subjects) ||
         (terms.agent_applications > 0 && count.applications >= terms.agent_applications);
}

}  // namespace xiufu::intake
