#include "services/intake/domain/hand_over.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {

absl::StatusOr<HandOverRequest> ValidateHandOver(const HandOverCommand& command) {
  Violations violations;
  HandOverRequest request;
  CheckClerk(command.clerk, violations);
  if (command.application.empty() == command.consultation.empty()) {
    violations.Add("application", command.application.empty() ? "empty" : "two things at once",
                   "an application or a consultation");
  } else if (!command.application.empty()) {
    absl::StatusOr<ApplicationKey> key = ParseApplicationKey("application", command.application);
    violations.Take(key.status());
    if (key.ok()) request.application = *std::move(key);
  } else {
    absl::StatusOr<Id> id = ParseConsultationName("consultation", command.consultation);
    violations.Take(id.status());
    if (id.ok()) request.consultation = *id;
  }
  violations.Take(CheckMultilineText("reason", command.reason, 1, 500));
  if (!violations.empty()) return violations.ToStatus();
  request.clerk = command.clerk;
  request.to_region = command.to_region;
  request.reason = command.reason;
  return request;
}

absl::StatusOr<std::string> RegionToHandTo(absl::string_view to_region, absl::string_view uscc,
                                           absl::string_view from,
                                           const catalogue::Catalogue& catalogue) {
  std::string to(to_region);
  if (to.empty()) {
    const Region* county = CountyOf(uscc, catalogue.regions());
    if (county != nullptr) to = county->code;
  }
  std::vector<std::string> others;
  for (const catalogue::HelpWindow& window : catalogue.windows()) {
    const bool told = std::find(others.begin(), others.end(), window.region) != others.end();
    if (window.region != from && !told) others.push_back(window.region);
  }
  if (std::find(others.begin(), others.end(), to) != others.end()) return to;
  return FieldViolation("to_region",
                        to.empty()   ? "empty, and the subject's code names no county of the city"
                        : to == from ? "the window that has it"
                                     : "a region without a window",
                        absl::StrCat("one of ", absl::StrJoin(others, ", ")));
}

absl::Status NoSuchHandOver() {
  return WithReason(absl::NotFoundError("no such hand-over"), "HAND_OVER_NOT_FOUND");
}

absl::Status CheckTakeUp(const HandOver& hand_over, const WindowCaller& caller) {
  if (hand_over.to_region != caller.region) return NoSuchHandOver();
  if (hand_over.taken == absl::InfinitePast()) return absl::OkStatus();
  return WithReason(
      absl::FailedPreconditionError("该移交已经接收 / the hand-over was taken up before"),
      "HAND_OVER_TAKEN_UP");
}

}  // namespace xiufu::intake
