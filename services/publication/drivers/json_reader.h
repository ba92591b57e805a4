#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libs/feed/feed_row.h"

namespace xiufu::publication {

// Reads the objects of {"total": 2, "rows": [{"CF_WSH": …}, …]}, or of a bare list, from chunks of
// any size, as live platforms return them; whatever else is in the document is passed over. UTF-8
// only, as the format demands. Numbers and truth values become text, null nothing; what is nested
// is left out. How the document is cut into chunks never changes what is read.
//
// Everything in the list is a row: what is no object, no JSON, or longer than a row may be is a
// broken one. A document that ends too early is another one, so that a half file does not pass for
// a whole.
class JsonReader {
 public:
  void Feed(absl::string_view chunk, std::vector<feed::FeedRow>& rows);
  void Finish(std::vector<feed::FeedRow>& rows);

  // It says of itself that there are more rows than it has: one page of several.
  bool IsOnlyPart() const;

 private:
  enum class Place { kOutside, kInRows, kInElement, kTooLong };
  void Step(char c, std::vector<feed::FeedRow>& rows);
  void StepOutside(char c);
  void StepBetween(char c);
  void StepElement(char c, std::vector<feed::FeedRow>& rows);
  void StepString(char c);
  void Consider(char c);
  void ReadTotal(char c);
  void EndElement(std::vector<feed::FeedRow>& rows);

  Place place_ = Place::kOutside;
  bool found_ = false;  // the list of rows
  bool in_string_ = false;
  bool escaped_ = false;
  int depth_ = 0;           // of the element
  std::string word_;        // outside: the last string, or what of it there is
  bool after_key_ = false;  // outside: `word_` and a colon
  bool anything_ = false;   // outside: something that is no list
  int outer_depth_ = 0;     // outside: objects around
  int rows_depth_ = 0;
  int total_depth_ = 0;
  bool in_total_ = false;
  int64_t total_ = 0;
  std::string element_;
  int64_t count_ = 0;
};

}  // namespace xiufu::publication
