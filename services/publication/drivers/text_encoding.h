#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libs/feed/feed_row.h"

namespace xiufu::publication {

// GB18030, which GBK and GB2312 are part of, to UTF-8.
class Gb18030 {
 public:
  Gb18030();
  ~Gb18030();
  Gb18030(const Gb18030&) = delete;
  Gb18030& operator=(const Gb18030&) = delete;
  // False when the bytes are none; `text` is unspecified then.
  bool Decode(absl::string_view bytes, std::string& text);

 private:
  void* const converter_;  // iconv_t
};

// Finds out in which encoding the rows of a CSV are, and turns them into UTF-8. Separators and
// quotes of CSV are no part of any character in either encoding, so rows are cut before.
//
// What is all ASCII tells nothing; rows are held back from the first other one on, until
// kVotes of them (or kMostHeld rows, or the end) have told: the encoding in which more of them make
// sense. Chinese in GB18030 is next to never UTF-8.
class RowDecoder {
 public:
  static constexpr size_t kVotes = 200;
  // When hardly any of them tells something.
  static constexpr size_t kMostHeld = 2000;  // rows
  static constexpr size_t kMostHeldBytes = 4 << 20;

  void SetUtf8() { encoding_ = Encoding::kUtf8; }  // the file begins with a byte order mark
  // Takes `raw`, appends what is decided to `rows`.
  void Take(std::vector<feed::FeedRow>& raw, std::vector<feed::FeedRow>& rows);
  void Finish(std::vector<feed::FeedRow>& rows);
  const char* encoding() const { return encoding_ == Encoding::kGb18030 ? "GB18030" : "UTF-8"; }

 private:
  enum class Encoding { kUnknown, kUtf8, kGb18030 };
  void Vote(const feed::FeedRow& row);
  void Decide(std::vector<feed::FeedRow>& rows);
  void Convert(feed::FeedRow& row);

  Encoding encoding_ = Encoding::kUnknown;
  Gb18030 gb18030_;
  std::vector<feed::FeedRow> held_;
  size_t held_bytes_ = 0;
  size_t for_utf8_ = 0;
  size_t for_gb18030_ = 0;
};

}  // namespace xiufu::publication
