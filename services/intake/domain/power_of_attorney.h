#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/catalogue/facts.h"
#include "services/intake/domain/application.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {

// What an agent does for a subject. The numbers are those of the contract.
enum class Act {
  kUnspecified = 0,
  kApply = 1,
  kSupplement = 2,
  kWithdraw = 3,
  kReceive = 4,
  kObject = 5
};
inline constexpr Act kActs[] = {Act::kApply, Act::kSupplement, Act::kWithdraw, Act::kReceive,
                                Act::kObject};
absl::string_view ToString(Act act);  // "APPLY"

// What a client tells of a power of attorney (授权委托书), as it came.
struct PowerCommand {
  std::string subject_uscc;
  std::string agent_name;
  std::string organisation_name;
  std::string organisation_uscc;
  std::string identity_no;  // of a person; never kept
  std::vector<std::string> records;
  std::vector<std::string> matters;  // "PENALTY", ...
  std::vector<int> acts;
  std::string valid_from;  // ISO 8601
  std::string valid_to;
};

struct PowerOfAttorney {
  std::string subject_uscc;                    // who gave it
  std::string agent;                           // the organisation's code, or AgentOfPerson
  std::string agent_name;                      // the person who acts
  std::string organisation_name;               // empty for a person on his own
  std::vector<Id> records;                     // empty: all of the subject
  std::vector<catalogue::MatterKind> matters;  // empty: all
  std::vector<Act> acts;
  absl::CivilDay valid_from;
  absl::CivilDay valid_to;  // the last day
  Id document;              // the material; none: the draft's own, looked for when it is submitted
  absl::Time recorded;
};

// Adds a violation of "acting" for a capacity that there is not.
void CheckActing(Capacity acting, Violations& violations);

// Whether who acts shows a power for it. `acting` unspecified: the applicant.
bool ActsByPower(const Application& application, Capacity acting);

// Tells one person's powers from another's without keeping who it is: a hash under a secret of the
// installation.
std::string AgentOfPerson(absl::string_view identity_no, absl::string_view secret);

// INVALID_ARGUMENT with every violation at once, of fields below "power_of_attorney".
absl::StatusOr<PowerOfAttorney> ValidatePower(const PowerCommand& command,
                                              absl::string_view subject_uscc,
                                              absl::string_view secret, absl::Time now);

// The power that an agent has to show and nobody else may: the violations that it has; nothing
// then, and for whoever acts in his own right.
std::optional<PowerOfAttorney> TakePower(bool agent, const std::optional<PowerCommand>& command,
                                         absl::string_view subject_uscc, absl::string_view secret,
                                         absl::Time now, Violations& violations);

// What an act is about.
struct ActedOn {
  Id record;
  catalogue::MatterKind matter = catalogue::MatterKind::kPenalty;
};

// Whether the power covers an act for these records on a day. FAILED_PRECONDITION with reason
// POWER_OF_ATTORNEY_LACKING (metadata act, and valid_to once it has expired) and a violation for
// each thing that is lacking. `power` nothing: there is none.
absl::Status CheckPower(const std::optional<PowerOfAttorney>& power, Act act,
                        const std::vector<ActedOn>& records, absl::CivilDay on);

}  // namespace xiufu::intake
