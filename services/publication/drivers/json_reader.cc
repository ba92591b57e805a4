#include "services/publication/drivers/json_reader.h"

#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "services/publication/drivers/csv_reader.h"

namespace xiufu::publication {
namespace {

using feed::FeedRow;
using Json = nlohmann::ordered_json;

constexpr char kRows[] = "rows";
constexpr char kTotal[] = "total";
constexpr int64_t kLargestTotal = 1'000'000'000'000;
constexpr size_t kLongestWord = 64;  // longer ones are not what is looked for

void ReadObject(const std::string& text, FeedRow& row) {
  const Json object = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) {
    row.broken = "不是JSON对象，或不是UTF-8编码 / no JSON object, or not UTF-8";
    return;
  }
  for (const auto& [name, value] : object.items()) {
    if (value.is_structured()) continue;
    row.names.push_back(name);
    row.fields.push_back(value.is_string() ? value.get<std::string>()
                         : value.is_null() ? ""
                                           : value.dump());
  }
}

bool IsBlank(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

}  // namespace

void JsonReader::Feed(absl::string_view chunk, std::vector<FeedRow>& rows) {
  for (const char c : chunk) Step(c, rows);
}

void JsonReader::Step(char c, std::vector<FeedRow>& rows) {
  switch (place_) {
    case Place::kOutside:
      return StepOutside(c);
    case Place::kInRows:
      return StepBetween(c);
    case Place::kInElement:
    case Place::kTooLong:
      return StepElement(c, rows);
  }
}

void JsonReader::StepBetween(char c) {
  if (IsBlank(c) || c == ',') return;
  if (c == ']') {
    place_ = Place::kOutside;
    return;
  }
  place_ = Place::kInElement;
  depth_ = 0;
  ++count_;
  Consider(c);
}

void JsonReader::StepElement(char c, std::vector<FeedRow>& rows) {
  // What is no object and no list has no end of its own.
  if (depth_ == 0 && !in_string_ && (c == ',' || c == ']')) {
    EndElement(rows);
    return StepBetween(c);
  }
  const bool was_inside = depth_ > 0;
  Consider(c);
  if (was_inside && depth_ == 0) EndElement(rows);
}

// One more character of the element.
void JsonReader::Consider(char c) {
  if (place_ == Place::kInElement) element_.push_back(c);
  if (in_string_) {
    StepString(c);
  } else if (c == '"') {
    in_string_ = true;
  } else if (c == '{' || c == '[') {
    ++depth_;
  } else if ((c == '}' || c == ']') && depth_ > 0) {
    --depth_;
  }
  if (element_.size() > kMaxCsvRowBytes) {
    element_.clear();
    place_ = Place::kTooLong;
  }
}

void JsonReader::StepString(char c) {
  if (escaped_) {
    escaped_ = false;
  } else if (c == '\\') {
    escaped_ = true;
  } else if (c == '"') {
    in_string_ = false;
  }
}

// Looks for "rows": [, wherever it stands, or a list that is the whole document; and for "total".
void JsonReader::StepOutside(char c) {
  if (in_string_) {
    StepString(c);
    if (in_string_ && word_.size() < kLongestWord) word_.push_back(c);
    return;
  }
  if (IsBlank(c)) return;
  ReadTotal(c);
  if (c == '[' && !found_ && (!anything_ || (after_key_ && word_ == kRows))) {
    place_ = Place::kInRows;
    found_ = true;
    rows_depth_ = outer_depth_;
  }
  if (c == '{') ++outer_depth_;
  if (c == '}') --outer_depth_;
  after_key_ = c == ':';
  anything_ = true;
  if (c == '"') {
    in_string_ = true;
    word_.clear();
  }
}

void JsonReader::ReadTotal(char c) {
  const bool digit = absl::ascii_isdigit(static_cast<unsigned char>(c));
  if (after_key_ && word_ == kTotal && digit && !in_total_) {
    total_ = 0;
    total_depth_ = outer_depth_;
    in_total_ = true;
  }
  in_total_ = in_total_ && digit && total_ < kLargestTotal;
  if (in_total_) total_ = total_ * 10 + (c - '0');
}

bool JsonReader::IsOnlyPart() const {
  return found_ && total_ > count_ && total_depth_ == rows_depth_;
}

void JsonReader::EndElement(std::vector<FeedRow>& rows) {
  FeedRow row{.line = count_, .self_named = true};
  if (place_ == Place::kTooLong) {
    row.broken = "对象过长 / the object is too long";
  } else {
    ReadObject(element_, row);
  }
  element_.clear();
  place_ = Place::kInRows;
  rows.push_back(std::move(row));
}

void JsonReader::Finish(std::vector<FeedRow>& rows) {
  if (place_ == Place::kOutside && found_) return;
  rows.push_back({.line = count_ + 1,
                  .broken = found_ ? "文件不完整 / the document ends too early"
                                   : "没有数据列表rows / there is no list of rows",
                  .self_named = true});
}

}  // namespace xiufu::publication
