#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/simulation/books.h"
#include "tests/simulation/year/conduct.h"
#include "tests/simulation/year/year_run.h"

namespace xiufu::simulation {

struct YearOutcome {
  YearActs acts;
  Books books;
  std::map<std::string, Conduct> conduct;      // by authority
  std::vector<std::string> complaints;         // what waits, is parked or stopped in the stores
  std::map<std::string, std::string> digests;  // over the domain rows, by service
  std::string digest;                          // over those of all
  double seconds = 0;

  // Everything has ended, nothing waits, and the books balance.
  bool Good() const;
};

// Runs a year; `tell` says on stderr how far it is.
YearOutcome SimulateYear(const YearSettings& settings, bool tell);

// For people, Chinese first.
std::string Describe(const YearSettings& settings, const YearOutcome& outcome);
// One line of JSON.
std::string ToJson(const YearOutcome& outcome);

}  // namespace xiufu::simulation
