#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/catalogue/facts.h"
#include "libs/feed/layout.h"
#include "libs/feed/record_content.h"

namespace xiufu::feed {

// One row of a feed, or one object of a live platform: column code or Chinese label → text.
using Fields = std::map<std::string, std::string>;

struct RecordRow {
  RecordContent content;
  catalogue::RecordFacts facts;
};

// Reads a row that somebody asks about, of any layout of the book, as an import would; only what
// the law does not look at may be missing. INVALID_ARGUMENT with a violation for each field that is
// missing or wrong; OUT_OF_RANGE for a row about a natural person, which is nobody's business here.
absl::StatusOr<RecordRow> ReadRecordRow(const Fields& fields, const LayoutBook& layouts,
                                        const catalogue::Catalogue& catalogue,
                                        const catalogue::AuthorityRegistry& authorities);

}  // namespace xiufu::feed
