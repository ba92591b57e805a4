#pragma once

#include <map>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

namespace xiufu::simulation {

// What people are going to do, by time; at one time in the order in which they came to it.
class Agenda {
 public:
  using Act = absl::AnyInvocable<void()>;
  void At(absl::Time time, Act act) { acts_.emplace(time, std::move(act)); }
  bool empty() const { return acts_.empty(); }
  absl::Time next() const { return acts_.begin()->first; }
  Act Take() {
    Act act = std::move(acts_.begin()->second);
    acts_.erase(acts_.begin());
    return act;
  }

 private:
  std::multimap<absl::Time, Act> acts_;
};

}  // namespace xiufu::simulation
