#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/catalogue/authority.h"

namespace xiufu::simulation {

// Somebody who wants to apply.
struct Arrival {
  int subject = 0;  // from 0
  int attempt = 1;  // who was turned away by the law may come again
  absl::Time at;
};

// One for each of `count` subjects within the year: mostly on weekdays by day, some by night, some
// many at the same moment (an agent's batch).
std::vector<Arrival> PlanArrivals(uint64_t seed, int year, int count);
// Later in the same year; on its last day a minute later.
Arrival ComingAgain(uint64_t seed, const Arrival& before);

std::string UsccOf(int subject);

// The rows that feeds of that day bring about those who arrive: 1 to 5 records each, of several
// kinds and authorities, old enough to be repaired under NDRC Order 36 and not yet ended.
class DayFeeds {
 public:
  DayFeeds(uint64_t seed, const catalogue::AuthorityRegistry* authorities);
  void Add(const Arrival& arrival);

  const std::string& penalties() const { return penalties_; }  // empty: none
  const std::string& lists() const { return lists_; }

 private:
  void AddPenalty(const Arrival& arrival, int number, const catalogue::Authority& authority);
  void AddListed(const Arrival& arrival, int number, const catalogue::Authority& authority);

  const uint64_t seed_;
  std::vector<const catalogue::Authority*> in_suite_;
  std::string penalties_;
  std::string lists_;
};

}  // namespace xiufu::simulation
