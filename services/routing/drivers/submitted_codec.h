#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/routing/domain/open_case.h"

namespace xiufu::routing {

inline constexpr char kSubmittedType[] = "xiufu.intake.submitted.v1";

// Of xiufu.intake.v1.ApplicationSubmitted. INVALID_ARGUMENT names the first field that is wrong.
absl::StatusOr<Submitted> DecodeSubmitted(absl::string_view data);

}  // namespace xiufu::routing
