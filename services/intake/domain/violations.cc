#include "services/intake/domain/violations.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace xiufu::intake {

void Violations::Add(absl::string_view field, absl::string_view wrong, absl::string_view right) {
  violations_.push_back({std::string(field), absl::StrCat(wrong, "; ", right)});
}

void Violations::Take(const absl::Status& status) {
  for (Violation& violation : ViolationsOf(status)) violations_.push_back(std::move(violation));
}

bool Violations::Names(absl::string_view field) const {
  return std::any_of(violations_.begin(), violations_.end(),
                     [&](const Violation& one) { return one.field == field; });
}

absl::Status MissingThings(const std::vector<Violation>& missing) {
  const absl::Status all = FieldViolations(missing);
  absl::Status status = absl::FailedPreconditionError(all.message());
  all.ForEachPayload(
      [&](absl::string_view url, const absl::Cord& payload) { status.SetPayload(url, payload); });
  return status;
}

}  // namespace xiufu::intake
