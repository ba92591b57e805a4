#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu::result {

// Publication has ended the publicity of a decision's record.
struct PublicityEnded {
  Id case_id;
  Id application;
  Id record;
  Id decision;
  uint64_t version = 0;  // of the record after the change
  absl::Time ended_at;
  std::vector<std::string> effects;  // "<effect>@<carrier>": what this confirms
};

// Publication did not carry out what the ledger says: a person's turn.
struct Conflict {
  Id case_id;
  Id application;
  Id record;
  Id decision;                    // that publication speaks of
  uint64_t expected_version = 0;  // of the record, where the version is the matter; else 0
  uint64_t version = 0;
  std::string reason;  // for people, Chinese first
};

}  // namespace xiufu::result
