#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/routing/domain/deadline.h"

namespace xiufu::routing {

// Parts of a receipt as they are stored, separated by semicolons; what was written is read back.

// "2025-10-01 国庆节"
std::string NamedDaysText(const std::vector<calendar::NamedDay>& days);
std::vector<calendar::NamedDay> NamedDaysFrom(absl::string_view text);

// "2026-08-03 off 搬迁停办", "2026-08-08 work 补班"
std::string ExceptionsText(const std::vector<calendar::ExceptionDay>& days);
std::vector<calendar::ExceptionDay> ExceptionsFrom(absl::string_view text);

// "2026-06-02..2026-06-09"
std::string PausesText(const std::vector<Pause>& pauses);
std::vector<Pause> PausesFrom(absl::string_view text);

// Dates in the store were written by FormatDay.
absl::CivilDay DayOf(absl::string_view text);

}  // namespace xiufu::routing
