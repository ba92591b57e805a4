#pragma once

#include <string>

#include "absl/time/civil_time.h"
#include "libs/catalogue/law.h"

namespace xiufu::ctl {

// What nobody has read in the text of the law and not every authority concerned has confirmed: a
// line for each rule, "N36-GEN\tS\tname\tsource", and for each time limit of one,
// "N36-GEN/N36-DECIDE\t...", then who has confirmed it ("transport", "health(minimum)"), and whose
// confirmation was of what the row said before it was changed.
std::string UnconfirmedText(const catalogue::Law& law, absl::CivilDay today);

}  // namespace xiufu::ctl
