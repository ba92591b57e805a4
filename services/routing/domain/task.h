#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu::routing {

// What a look at a pushed case for completeness found. The case does not wait for it.
struct Opinion {
  std::string review;  // names it within the case
  std::string person;  // empty: the suite itself looked
  std::string text;
  std::vector<std::string> missing;  // kinds of papers, of the suite's own look
  absl::Time at;
};

inline constexpr char kOwnLook[] = "own";  // the review of the suite itself

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
  std::string accept_due;         // ISO 8601; empty when the rule sets no such deadline
  std::string decide_due;         // as far as known when the task was given
  std::vector<Opinion> opinions;  // that go along; kept as reviews, not with the task
};

}  // namespace xiufu::routing
