#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace xiufu::data {

// Everything wrong with a set of data files, told at once. Not thread-safe.
class Problems {
 public:
  // line 0: about the file as a whole, told with its first line.
  void Add(absl::string_view file, int line, absl::string_view what);
  // The file has no content that could be read: what else is said about it is not told.
  void AddUnreadable(absl::string_view file, int line, absl::string_view what);
  bool empty() const { return lines_.empty(); }
  bool has_unreadable() const { return !unreadable_.empty(); }
  // OK when empty; else INVALID_ARGUMENT with one "file:line: what" per line.
  absl::Status ToStatus() const;

 private:
  std::vector<std::string> lines_;
  std::set<std::string> unreadable_;
};

}  // namespace xiufu::data
