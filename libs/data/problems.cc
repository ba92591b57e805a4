#include "libs/data/problems.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace xiufu::data {

void Problems::Add(absl::string_view file, int line, absl::string_view what) {
  if (unreadable_.contains(std::string(file))) return;
  lines_.push_back(absl::StrCat(file, ":", std::max(line, 1), ": ", what));
}

void Problems::AddUnreadable(absl::string_view file, int line, absl::string_view what) {
  Add(file, line, what);
  unreadable_.emplace(file);
}

absl::Status Problems::ToStatus() const {
  if (lines_.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(lines_, "\n"));
}

}  // namespace xiufu::data
