#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/publication/domain/commitment.h"

namespace xiufu::publication {

// A decision that was entered in the ledger, as far as it concerns publicity.
struct EnteredDecision {
  Id decision;
  Id case_id;
  Id application;
  Id record;
  uint64_t record_version = 0;  // of the record that was decided upon
  bool approved = false;
  absl::Time entered_at;
  std::vector<std::string> effects;  // "<effect>@<who carries it>", empty for a refusal
  std::string result_word;
  // That an approval rests on: title, day, rule and authority. Kept by itself, see KeepCommitments.
  std::optional<Commitment> commitment;
};

}  // namespace xiufu::publication
