#pragma once

#include <vector>

#include "tests/simulation/random.h"

namespace xiufu::simulation {

// What happens by chance in a walk; all of it from one seed.
class Dice {
 public:
  explicit Dice(Random* random) : random_(random) {}
  int Below(int limit) { return static_cast<int>((*random_)() % static_cast<uint64_t>(limit)); }
  bool OneIn(int count) { return Below(count) == 0; }
  template <typename T>
  const T& AnyOf(const std::vector<T>& all) {
    return all[Below(static_cast<int>(all.size()))];
  }

 private:
  Random* const random_;
};

}  // namespace xiufu::simulation
