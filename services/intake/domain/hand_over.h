#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/catalogue/catalogue.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/window.h"

namespace xiufu::intake {

// As it came.
struct HandOverCommand {
  std::string clerk;
  std::string application;   // "applications/<uuid or number>"; this or
  std::string consultation;  // "consultations/<uuid>"
  std::string to_region;     // empty: where the subject is registered
  std::string reason;
};

// The same, checked.
struct HandOverRequest {
  std::string clerk;
  ApplicationKey application;
  Id consultation;
  std::string to_region;
  std::string reason;
};

// Something that was taken in at the wrong window goes to the right one. The window that has it
// keeps it, and goes on with it, until the other has taken it up: nothing is with nobody.
struct HandOver {
  Id id;
  Id application;  // one of the two
  Id consultation;
  std::string from_region;
  std::string to_region;
  std::string from_clerk;
  std::string reason;
  absl::Time given;
  absl::Time taken = absl::InfinitePast();
  std::string to_clerk;
};

// Which hand-overs are listed.
struct HandOverFilter {
  std::string region;  // to it, or from it; empty: all
  bool outgoing = false;
  bool with_taken = false;
  Id before;  // only ids below; none: from the newest
  int limit = 0;
};

absl::StatusOr<HandOverRequest> ValidateHandOver(const HandOverCommand& command);

// Which window a matter of the subject goes to: `to_region`, else that of the subject's
// registration. INVALID_ARGUMENT with a violation of "to_region" where neither tells a region with
// a window other than `from`.
absl::StatusOr<std::string> RegionToHandTo(absl::string_view to_region, absl::string_view uscc,
                                           absl::string_view from,
                                           const catalogue::Catalogue& catalogue);

// Only the window that something was handed to takes it up, once. NOT_FOUND with reason
// HAND_OVER_NOT_FOUND for any other; FAILED_PRECONDITION with reason HAND_OVER_TAKEN_UP.
absl::Status CheckTakeUp(const HandOver& hand_over, const WindowCaller& caller);
absl::Status NoSuchHandOver();

}  // namespace xiufu::intake
