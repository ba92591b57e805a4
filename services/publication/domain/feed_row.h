#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace xiufu::publication {

// One row of a feed as the file has it, or the place where none could be read.
struct FeedRow {
  int64_t line = 0;  // physical line on which it begins; the header of a file is line 1
  std::vector<std::string> fields;
  std::string broken;  // not empty: why nothing could be read here; Chinese first
};

// What is to be said about one row.
struct RowNote {
  int64_t line = 0;
  std::string field;   // column code; empty when it is about the row as a whole
  std::string reason;  // Chinese, then " / ", then English
  friend bool operator==(const RowNote&, const RowNote&) = default;
};

}  // namespace xiufu::publication
