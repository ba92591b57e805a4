#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace xiufu {

// What a program can tell apart in an error. libs/rpc turns it into google.rpc.ErrorInfo (domain
// "xiufu").
struct ErrorReason {
  std::string reason;  // [A-Z][A-Z0-9_]+[A-Z0-9], at most 63 characters
  std::vector<std::pair<std::string, std::string>> metadata;
  friend bool operator==(const ErrorReason&, const ErrorReason&) = default;
};

// One bad field of a request. libs/rpc turns it into google.rpc.BadRequest.FieldViolation.
struct Violation {
  std::string field;        // path as in the proto: "applicant.phone", "records[2]"
  std::string description;  // what is wrong and what would be right
  friend bool operator==(const Violation&, const Violation&) = default;
};

// They travel as payloads of absl::Status under these type urls, in an encoding of their own
// (length-prefixed strings), because this library knows no protobuf.
inline constexpr char kReasonUrl[] = "xiufu/reason";
inline constexpr char kViolationsUrl[] = "xiufu/violations";

// Adds or replaces the reason. An OK status stays OK.
absl::Status WithReason(absl::Status status, absl::string_view reason,
                        const std::vector<std::pair<std::string, std::string>>& metadata = {});
std::optional<ErrorReason> ReasonOf(const absl::Status& status);
// True when `status` carries exactly this reason.
bool HasReason(const absl::Status& status, absl::string_view reason);

// INVALID_ARGUMENT with one violation. `wrong` says what was wrong, `right` what would be right.
absl::Status FieldViolation(absl::string_view field, absl::string_view wrong,
                            absl::string_view right);
// INVALID_ARGUMENT with all of them; OK when there are none.
absl::Status FieldViolations(const std::vector<Violation>& violations);
std::vector<Violation> ViolationsOf(const absl::Status& status);

}  // namespace xiufu
