#pragma once

#include <cstdint>

#include "absl/strings/string_view.h"
#include "tests/simulation/random.h"

namespace xiufu::simulation {

// Chance that follows from the seed, whom it is about and what for, and from nothing else: whatever
// happened before, in whatever order, the same one has the same luck.
class Luck {
 public:
  Luck(uint64_t seed, absl::string_view whom, absl::string_view what);

  bool Chance(double probability);
  int Between(int low, int high);  // both included

 private:
  Random random_;
};

}  // namespace xiufu::simulation
