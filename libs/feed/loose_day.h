#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace xiufu::feed {

// "2026-05-06", "2026/5/6", "20260506", "2026年5月6日", with or without a time behind it.
absl::StatusOr<absl::CivilDay> ReadLooseDay(absl::string_view text);

}  // namespace xiufu::feed
