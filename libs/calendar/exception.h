#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"

namespace xiufu::calendar {

// Days on which certain authorities work or are closed otherwise than the State's notice says.
struct Exception {
  std::vector<std::string> authorities;      // codes
  std::vector<std::string> authority_kinds;  // their lines
  std::vector<absl::CivilDay> days;
  bool working = false;
  std::string name;
  std::string source;
  std::string confidence;
  std::string file;  // where it stands
  int line = 0;
};

// One such day that made a difference to a due date.
struct ExceptionDay {
  absl::CivilDay day;
  bool working = false;
  std::string name;
  friend bool operator==(const ExceptionDay&, const ExceptionDay&) = default;
};

}  // namespace xiufu::calendar
