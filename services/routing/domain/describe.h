#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "services/routing/domain/case_states.h"
#include "services/routing/domain/transition.h"

namespace xiufu::routing {

// Words of the generated tables.
absl::string_view NameOf(Owner owner);
// `next` is where it moves to.
std::string OutcomeOf(Meaning meaning, absl::string_view next);

}  // namespace xiufu::routing
