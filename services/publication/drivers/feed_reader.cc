#include "services/publication/drivers/feed_reader.h"

#include <utility>

#include "absl/strings/match.h"

namespace xiufu::publication {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr absl::string_view kBlanks = " \t\r\n";
constexpr size_t kMostBlanks = kMaxCsvRowBytes;  // that are kept until something else comes

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
    if (at_end || text.size() > kMostBlanks) form_ = Form::kCsv;
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

std::optional<feed::RowNote> FeedReader::AboutTheWhole() const {
  if (!json_.IsOnlyPart()) return std::nullopt;
  return feed::RowNote{
      0, "total",
      "总数多于文件中的数据，可能只是其中一页 / the total is more than the rows that "
      "are here: this may be one page of several"};
}

}  // namespace xiufu::publication
