#pragma once

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/feed/feed_row.h"
#include "libs/feed/header.h"
#include "libs/feed/record_content.h"

namespace xiufu::feed {

// What rows are read with.
struct FeedRules {
  const catalogue::Catalogue* catalogue = nullptr;
  const catalogue::AuthorityRegistry* authorities = nullptr;
  const LayoutBook* layouts = nullptr;
  // Something determined tomorrow is a mistake, where it is known what day it is.
  std::optional<absl::CivilDay> today;
  // Only what the law looks at must be there: for a row that somebody asks about.
  bool partial = false;
};

// Exactly one of: content; out of scope (a natural person); errors.
struct RowReading {
  std::optional<RecordContent> content;
  bool out_of_scope = false;
  std::vector<RowNote> errors;  // every bad field, not only the first
  std::vector<RowNote> warnings;
};

// The one reader of rows, of every layout.
RowReading ReadRow(const FeedRow& row, const Header& header, const FeedRules& rules);

}  // namespace xiufu::feed
