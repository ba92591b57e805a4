#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libs/feed/feed_row.h"

namespace xiufu::publication {

constexpr size_t kMaxCsvRowBytes = 64 * 1024;

// Reads RFC 4180 from chunks of any size: UTF-8 with or without BOM, CR LF or LF, quoted fields
// with commas, line breaks and doubled quotes. Blank lines are no rows. How the file is cut into
// chunks never changes what is read.
//
// A place that is no CSV (a quote inside an unquoted field, text behind a closing quote, a quote
// that is never closed, a row beyond kMaxCsvRowBytes) gives one broken row; reading goes on with
// the line after the one on which the unfinished field begins, so that a forgotten quote costs one
// row and not the rest of the file.
class CsvReader {
 public:
  // Appends the rows that are complete by now.
  void Feed(absl::string_view chunk, std::vector<feed::FeedRow>& rows);
  // The end of the file: what is left is the last row.
  void Finish(std::vector<feed::FeedRow>& rows);

 private:
  void Drain(bool at_end, std::vector<feed::FeedRow>& rows);
  bool SkipBom(bool at_end);
  void Consume(size_t bytes);

  std::string pending_;  // from the beginning of a row
  size_t position_ = 0;  // in pending_: what is before was read
  int64_t line_ = 1;
  bool at_start_ = true;
  bool skipping_line_ = false;  // inside a line that is already reported
};

}  // namespace xiufu::publication
