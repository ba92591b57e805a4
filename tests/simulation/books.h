#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/simulation/sim_world.h"

namespace xiufu::simulation {

// How the cases of one authority went.
struct AuthorityFigures {
  int cases = 0;
  int overdue = 0;                 // it missed a due date at least once
  int supplemented = 0;            // it asked for a supplement at least once
  std::vector<double> gross_days;  // from opening to the end

  double MedianDays() const;
};

// All five stores after a run, compared with one another.
struct Books {
  int cases = 0;
  int unfinished = 0;  // cases that have not ended, records without a case
  int disputed = 0;    // decisions that publication did not carry out: a person compares
  int revoked = 0;     // approvals
  std::map<std::string, int> open_in;   // states of those that have not ended
  std::map<std::string, int> by_state;  // of ends; a concluded case by its result
  std::map<std::string, AuthorityFigures> by_authority;
  std::vector<std::string> faults;  // where the books do not balance
};
Books ReadBooks(SimWorld& world);

}  // namespace xiufu::simulation
