#include "services/publication/drivers/csv_scan.h"

#include <utility>

#include "services/publication/drivers/csv_reader.h"

namespace xiufu::publication {
namespace {

class CsvScanner {
 public:
  CsvScanner(absl::string_view text, bool at_end) : text_(text), at_end_(at_end) {}

  CsvScan Scan() {
    while (true) {
      field_begin_ = position_;
      const Step step = AtQuote() ? Quoted() : Unquoted();
      if (step == Step::kNextField) continue;
      if (step == Step::kRowEnd) scan_.bytes = position_;
      return std::move(scan_);
    }
  }

 private:
  enum class Step { kNextField, kRowEnd, kStop };

  bool AtQuote() const { return position_ < text_.size() && text_[position_] == '"'; }

  Step Unquoted() {
    const size_t end = text_.find_first_of(",\n\"", position_);
    if (end == absl::string_view::npos) {
      if (!at_end_) return NeedMore();
      field_ = std::string(text_.substr(position_));
      if (!field_.empty() && field_.back() == '\r') field_.pop_back();
      position_ = text_.size();
      return EndField(Step::kRowEnd);
    }
    if (text_[end] == '"') {
      return Broken("未加引号的字段中有引号 / a quote inside an unquoted field");
    }
    field_ = std::string(text_.substr(position_, end - position_));
    position_ = end + 1;
    if (text_[end] == ',') return EndField(Step::kNextField);
    if (!field_.empty() && field_.back() == '\r') field_.pop_back();
    return EndField(Step::kRowEnd);
  }

  Step Quoted() {
    field_.clear();
    ++position_;
    while (true) {
      const size_t quote = text_.find('"', position_);
      if (quote == absl::string_view::npos) {
        return at_end_ ? Broken("引号未闭合 / a quote is never closed") : NeedMore();
      }
      field_.append(text_.data() + position_, quote - position_);
      position_ = quote + 1;
      if (!AtQuote()) return AfterQuote();
      field_.push_back('"');
      ++position_;
    }
  }

  Step AfterQuote() {
    const absl::string_view rest = text_.substr(position_, 2);
    if (rest.empty()) return at_end_ ? EndField(Step::kRowEnd) : NeedMore();
    if (rest[0] == ',') return Skip(1, Step::kNextField);
    if (rest[0] == '\n') return Skip(1, Step::kRowEnd);
    if (rest == "\r\n") return Skip(2, Step::kRowEnd);
    if (rest == "\r") return at_end_ ? Skip(1, Step::kRowEnd) : NeedMore();
    return Broken("闭合引号之后还有文字 / text behind a closing quote");
  }

  Step Skip(size_t bytes, Step step) {
    position_ += bytes;
    return EndField(step);
  }

  Step EndField(Step step) {
    scan_.fields.push_back(std::exchange(field_, {}));
    if (step == Step::kRowEnd) scan_.kind = CsvScan::Kind::kRow;
    return step;
  }

  Step NeedMore() {
    scan_.kind = CsvScan::Kind::kNeedMore;
    scan_.bytes = field_begin_;
    return Step::kStop;
  }

  Step Broken(const char* reason) {
    scan_.kind = CsvScan::Kind::kBroken;
    scan_.reason = reason;
    scan_.bytes = field_begin_;
    return Step::kStop;
  }

  const absl::string_view text_;
  const bool at_end_;
  size_t position_ = 0;
  size_t field_begin_ = 0;
  std::string field_;
  CsvScan scan_;
};

}  // namespace

CsvScan ScanCsvRow(absl::string_view text, bool at_end) {
  // What lies beyond the limit is not looked at, so that the verdict is the same whether it is
  // there yet or not.
  const absl::string_view seen = text.substr(0, kMaxCsvRowBytes);
  const bool whole = seen.size() == text.size();
  CsvScan scan = CsvScanner(seen, at_end && whole).Scan();
  if (scan.kind == CsvScan::Kind::kNeedMore && seen.size() == kMaxCsvRowBytes) {
    scan.kind = CsvScan::Kind::kBroken;
    scan.reason = "一行过长或引号未闭合 / the row is too long, or a quote is never closed";
  }
  return scan;
}

}  // namespace xiufu::publication
