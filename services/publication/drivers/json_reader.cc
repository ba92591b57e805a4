#include "services/publication/drivers/json_reader.h"

#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "services/publication/drivers/csv_reader.h"

namespace xiufu::publication {
namespace {

using feed::FeedRow;
using Json = nlohmann::ordered_json;

constexpr char kRows[] = "rows";
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
  if (place_ == Place::kOutside) return StepOutside(c);
  if (place_ == Place::kInRows) {
    if (c == ']') place_ = Place::kOutside;
    if (c != '{') return;
    place_ = Place::kInObject;
    depth_ = 0;
    ++count_;
  }
  if (place_ == Place::kInObject) object_.push_back(c);
  if (in_string_) {
    StepString(c);
  } else if (c == '"') {
    in_string_ = true;
  } else if (c == '{' || c == '[') {
    ++depth_;
  } else if ((c == '}' || c == ']') && --depth_ == 0) {
    EndObject(rows);
    return;
  }
  if (object_.size() > kMaxCsvRowBytes) {
    object_.clear();
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

// Looks for "rows": [, wherever it stands, or a list that is the whole document.
void JsonReader::StepOutside(char c) {
  if (in_string_) {
    StepString(c);
    if (in_string_ && word_.size() < kLongestWord) word_.push_back(c);
    return;
  }
  if (IsBlank(c)) return;
  if (c == '[' && !found_ && (!anything_ || (after_key_ && word_ == kRows))) {
    place_ = Place::kInRows;
    found_ = true;
  }
  after_key_ = c == ':';
  anything_ = true;
  if (c == '"') {
    in_string_ = true;
    word_.clear();
  }
}

void JsonReader::EndObject(std::vector<FeedRow>& rows) {
  FeedRow row{.line = count_, .self_named = true};
  if (place_ == Place::kTooLong) {
    row.broken = "对象过长 / the object is too long";
  } else {
    ReadObject(object_, row);
  }
  object_.clear();
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
