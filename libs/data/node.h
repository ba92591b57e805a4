#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace xiufu::data {

class Problems;

// A value of a TOML file and its line. Kinds that no data file needs (times, floats) are
// `std::monostate`.
struct Node {
  using Array = std::vector<Node>;
  struct Field;
  using Fields = std::vector<Field>;
  std::variant<std::monostate, std::string, int64_t, bool, absl::CivilDay, Array, Fields> value;
  int line = 0;
};

struct Node::Field {
  std::string key;
  Node node;
};

// Parses text; opens no file. A syntax error goes to `problems` under the name `file`, and the
// result is an empty table.
Node ParseFile(absl::string_view file, absl::string_view content, Problems& problems);

}  // namespace xiufu::data
