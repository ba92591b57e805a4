#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libs/feed/feed_row.h"
#include "services/publication/drivers/csv_reader.h"
#include "services/publication/drivers/json_reader.h"
#include "services/publication/drivers/text_encoding.h"

namespace xiufu::publication {

// A feed in any form: CSV in UTF-8 with or without byte order mark or in GB18030, or JSON (which is
// what begins with { or [). Fields come out in UTF-8; one that is not stays invalid.
class FeedReader {
 public:
  // Appends the rows that are complete by now.
  void Feed(absl::string_view chunk, std::vector<feed::FeedRow>& rows);
  void Finish(std::vector<feed::FeedRow>& rows);
  const char* encoding() const { return decoder_.encoding(); }
  // What is to be said about the file as a whole, when it is read; its line is 0.
  std::optional<feed::RowNote> AboutTheWhole() const;

 private:
  enum class Form { kUnknown, kCsv, kJson };
  void FindForm(bool at_end);
  void Read(absl::string_view chunk, std::vector<feed::FeedRow>& rows);

  Form form_ = Form::kUnknown;
  std::string beginning_;  // until the form is known
  CsvReader csv_;
  JsonReader json_;
  RowDecoder decoder_;
};

}  // namespace xiufu::publication
