#pragma once

#include <string>

#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu::routing {

// What an authority is given to do in a case.
struct Task {
  Id id;  // also the stable request id towards the authority
  Id case_id;
  std::string authority_code;  // empty while nobody has it
  std::string application_number;
  std::string
      materials;  // xiufu.common.v1.MaterialRef list as it came, see drivers/material_list.h
  absl::Time given_at;
  absl::Time delivered_at = absl::InfinitePast();  // its system acknowledged it
  std::string accept_due;  // ISO 8601; empty when the rule sets no such deadline
  std::string decide_due;  // as far as known when the task was given
};

}  // namespace xiufu::routing
