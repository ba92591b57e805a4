#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/base/id.h"
#include "libs/base/region.h"
#include "libs/catalogue/help.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {

// A window as a caller: the principal "window" is the city's, "window-<region>" a county's.
struct WindowCaller {
  std::string principal;
  std::string region;
  bool city = false;
};

// Nothing for a principal that is no window of a current region.
std::optional<WindowCaller> WindowOf(absl::string_view principal, const RegionTable& regions);

// A window sees what its own region has, the city's what any of its regions has.
bool Sees(const WindowCaller& caller, absl::string_view region);

// The county of the city in which a subject is registered, by its code (GB 32100); nullptr where
// that is the city itself or elsewhere.
const Region* CountyOf(absl::string_view uscc, const RegionTable& regions);

// Who took something in, and where.
struct Desk {
  std::string clerk;   // a code, no name
  std::string window;  // of the directory
  std::string region;
};

// The window of the caller's region that `window` names; when it is empty and there is one, that
// one. Adds violations of "clerk" and "window".
Desk ValidateDesk(const WindowCaller& caller, absl::string_view clerk, absl::string_view window,
                  absl::Span<const catalogue::HelpWindow> windows, Violations& violations);
// Of the field `clerk` alone.
void CheckClerk(absl::string_view clerk, Violations& violations);

// An application that was filed at a window.
struct Filing {
  Id application;
  Desk desk;           // where it was filed
  std::string region;  // whose window has it now
  absl::Time filed;
};

}  // namespace xiufu::intake
