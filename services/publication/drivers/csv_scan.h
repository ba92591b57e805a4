#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace xiufu::publication {

// What stands at the beginning of `text`.
struct CsvScan {
  enum class Kind {
    kRow,       // a whole row with its line end
    kNeedMore,  // cannot be told yet
    kBroken,
  };
  Kind kind = Kind::kNeedMore;
  std::vector<std::string> fields;  // kRow
  std::string reason;               // kBroken; Chinese first
  size_t bytes = 0;                 // kRow: length; else where the unfinished field begins
};

// `text` begins with a row; `at_end`: nothing follows it. Pure.
CsvScan ScanCsvRow(absl::string_view text, bool at_end);

}  // namespace xiufu::publication
