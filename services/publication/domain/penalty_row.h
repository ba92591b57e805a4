#pragma once

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "services/publication/domain/feed_row.h"
#include "services/publication/domain/penalty_layout.h"
#include "services/publication/domain/record.h"

namespace xiufu::publication {

// What rows are read with.
struct FeedRules {
  const catalogue::Catalogue* catalogue = nullptr;  // kinds of penalties
  const catalogue::AuthorityRegistry* authorities =
      nullptr;           // for rows that name their authority without its code
  absl::CivilDay today;  // a decision of tomorrow is a mistake
};

// Exactly one of: content; out of scope (a natural person); errors.
struct RowReading {
  std::optional<RecordContent> content;
  bool out_of_scope = false;
  std::vector<RowNote> errors;  // every bad field, not only the first
  std::vector<RowNote> warnings;
};

RowReading ReadRow(const FeedRow& row, const PenaltyLayout& layout, const FeedRules& rules);

}  // namespace xiufu::publication
