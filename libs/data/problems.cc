#include "libs/data/problems.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace xiufu::data {

void Problems::Add(absl::string_view file, int line, absl::string_view what) {
  lines_.push_back(absl::StrCat(file, ":", line, ": ", what));
}

absl::Status Problems::ToStatus() const {
  if (lines_.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(lines_, "\n"));
}

}  // namespace xiufu::data
