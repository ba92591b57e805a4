#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace xiufu::feed {

// One row of a feed as the file has it, or the place where none could be read.
struct FeedRow {
  // CSV: the physical line on which it begins, the header being line 1. JSON: which object it is.
  int64_t line = 0;
  std::vector<std::string> fields;
  std::string broken;              // not empty: why nothing could be read here; Chinese first
  bool self_named = false;         // JSON: there is no header, every object names its fields
  std::vector<std::string> names;  // of the fields; self_named only
};

// What is to be said about one row.
struct RowNote {
  int64_t line = 0;
  std::string field;   // the column; empty when it is about the row as a whole
  std::string reason;  // Chinese, then " / ", then English
  friend bool operator==(const RowNote&, const RowNote&) = default;
};

}  // namespace xiufu::feed
