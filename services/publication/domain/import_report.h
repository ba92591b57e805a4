#pragma once

#include <cstdint>
#include <vector>

#include "services/publication/domain/feed_row.h"

namespace xiufu::publication {

// What came of a feed. rows = imported + unchanged + updated + out_of_scope + rejected.
struct ImportReport {
  int64_t rows = 0;
  int64_t imported = 0;
  int64_t unchanged = 0;
  int64_t updated = 0;
  int64_t out_of_scope = 0;
  int64_t rejected = 0;
  // At most kMaxListedNotes of each; the counts above are always whole.
  std::vector<RowNote> errors;
  std::vector<RowNote> warnings;
};

// So that a report fits one message.
constexpr size_t kMaxListedNotes = 2000;

}  // namespace xiufu::publication
