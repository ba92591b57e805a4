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
// An object that is no JSON, or is longer than a row may be, is one broken row; a document that
// ends too early is another one, so that a half file does not pass for a whole.
class JsonReader {
 public:
  void Feed(absl::string_view chunk, std::vector<feed::FeedRow>& rows);
  void Finish(std::vector<feed::FeedRow>& rows);

 private:
  enum class Place { kOutside, kInRows, kInObject, kTooLong };
  void Step(char c, std::vector<feed::FeedRow>& rows);
  void StepString(char c);
  void StepOutside(char c);
  void EndObject(std::vector<feed::FeedRow>& rows);

  Place place_ = Place::kOutside;
  bool found_ = false;  // the list of rows
  bool in_string_ = false;
  bool escaped_ = false;
  int depth_ = 0;           // of the object
  std::string word_;        // outside: the last string, or what of it there is
  bool after_key_ = false;  // outside: `word_` and a colon
  bool anything_ = false;   // outside: something that is no list
  std::string object_;
  int64_t count_ = 0;
};

}  // namespace xiufu::publication
