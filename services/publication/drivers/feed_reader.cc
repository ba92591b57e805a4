#include "services/publication/drivers/feed_reader.h"

#include <utility>

#include "absl/strings/match.h"

namespace xiufu::publication {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr absl::string_view kBlanks = " \t\r\n";

}  // namespace

void FeedReader::Feed(absl::string_view chunk, std::vector<feed::FeedRow>& rows) {
  if (form_ != Form::kUnknown) return Read(chunk, rows);
  beginning_.append(chunk.data(), chunk.size());
  FindForm(/*at_end=*/false);
  if (form_ != Form::kUnknown) Read(std::exchange(beginning_, {}), rows);
}

void FeedReader::FindForm(bool at_end) {
  absl::string_view text = beginning_;
  if (!at_end && text.size() < kByteOrderMark.size()) return;
  if (absl::StartsWith(text, kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
    decoder_.SetUtf8();
  }
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == absl::string_view::npos) {
    if (at_end) form_ = Form::kCsv;
    return;
  }
  form_ = text[first] == '{' || text[first] == '[' ? Form::kJson : Form::kCsv;
  if (form_ == Form::kJson) beginning_ = std::string(text);
}

void FeedReader::Read(absl::string_view chunk, std::vector<feed::FeedRow>& rows) {
  if (form_ == Form::kJson) return json_.Feed(chunk, rows);
  std::vector<feed::FeedRow> raw;
  csv_.Feed(chunk, raw);
  decoder_.Take(raw, rows);
}

void FeedReader::Finish(std::vector<feed::FeedRow>& rows) {
  if (form_ == Form::kUnknown) {
    FindForm(/*at_end=*/true);
    Read(std::exchange(beginning_, {}), rows);
  }
  if (form_ == Form::kJson) return json_.Finish(rows);
  std::vector<feed::FeedRow> raw;
  csv_.Finish(raw);
  decoder_.Take(raw, rows);
  decoder_.Finish(rows);
}

}  // namespace xiufu::publication
