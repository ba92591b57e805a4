#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "libs/base/status.h"

namespace xiufu::intake {

// Collects everything that is wrong with a request, so that all of it is told at once.
class Violations {
 public:
  // `wrong` says what was wrong, `right` what would be right.
  void Add(absl::string_view field, absl::string_view wrong, absl::string_view right);
  // Those of a failed check; OK adds nothing.
  void Take(const absl::Status& status);
  bool empty() const { return violations_.empty(); }
  bool Names(absl::string_view field) const;
  // INVALID_ARGUMENT with all of them; OK when there are none.
  absl::Status ToStatus() const { return FieldViolations(violations_); }

 private:
  std::vector<Violation> violations_;
};

// A refusal of the state, not of the request: FAILED_PRECONDITION that still names each thing that
// is missing.
absl::Status MissingThings(const std::vector<Violation>& missing);

}  // namespace xiufu::intake
