#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libs/base/id.h"
#include "libs/feed/feed_row.h"

namespace xiufu::publication {

using feed::FeedRow;
using feed::RowNote;

// What came of rows. position = imported + unchanged + updated + out_of_scope + rejected.
struct ImportCounts {
  int64_t position = 0;  // rows of the file that are accounted for
  int64_t imported = 0;
  int64_t unchanged = 0;
  int64_t updated = 0;
  int64_t out_of_scope = 0;
  int64_t rejected = 0;
  int64_t notes = 0;
};

struct ImportNote {
  bool warning = false;  // the row was taken all the same
  RowNote note;
};

// One file on its way in, as the store has it.
struct Import {
  Id id;
  int64_t attempt = 0;  // only the call that holds the newest one may write
  std::string file_sha256;
  std::string layout;    // empty until the header was read
  std::string encoding;  // "UTF-8", "GB18030"
  ImportCounts counts;
  bool notes_deleted = false;  // after their time
};

// What came of a file.
struct ImportReport {
  Import import;
  int64_t resumed_at = 0;  // rows that an earlier call had brought in
  // The first kMaxListedNotes of each; the store has all of them.
  std::vector<RowNote> errors;
  std::vector<RowNote> warnings;
};

// So that a report fits one message.
constexpr size_t kMaxListedNotes = 2000;

}  // namespace xiufu::publication
