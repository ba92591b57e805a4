#include "libs/data/table.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace xiufu::data {
namespace {

const Node::Fields kNoFields;
constexpr absl::civil_year_t kFirstYear = 1900, kLastYear = 9999;

std::string ToStdString(absl::string_view view) { return std::string(view); }

}  // namespace

Table::Table(std::string file, const Node& node, Problems& problems)
    : file_(std::move(file)),
      fields_(std::get_if<Node::Fields>(&node.value)),
      problems_(&problems),
      line_(node.line) {
  if (fields_ == nullptr) {
    fields_ = &kNoFields;
    Complain("a table belongs here");
  }
}

void Table::Complain(absl::string_view what) { problems_->Add(file_, line_, what); }

void Table::ComplainAbout(absl::string_view key, absl::string_view what) {
  const Node* node = Find(key);
  problems_->Add(file_, node == nullptr ? line_ : node->line, absl::StrCat(key, ": ", what));
}

int Table::LineOf(absl::string_view key) const {
  for (const auto& [name, node] : *fields_) {
    if (name == key) return node.line;
  }
  return line_;
}

void Table::Finish() {
  for (const auto& [key, node] : *fields_) {
    if (!asked_.contains(key)) problems_->Add(file_, node.line, absl::StrCat(key, ": unknown key"));
  }
}

const Node* Table::Find(absl::string_view key) {
  asked_.insert(ToStdString(key));
  for (const auto& [name, node] : *fields_) {
    if (name == key) return &node;
  }
  return nullptr;
}

const Node* Table::Require(absl::string_view key) {
  const Node* node = Find(key);
  if (node == nullptr) Complain(absl::StrCat(key, ": missing"));
  return node;
}

template <typename T>
const T* Table::As(absl::string_view key, const Node* node, absl::string_view wanted) {
  if (node == nullptr) return nullptr;
  const T* value = std::get_if<T>(&node->value);
  if (value == nullptr) {
    problems_->Add(file_, node->line, absl::StrCat(key, ": ", wanted, " belongs here"));
  }
  return value;
}

std::string Table::Text(absl::string_view key) {
  const Node* node = Require(key);
  const auto* text = As<std::string>(key, node, "a string");
  if (text != nullptr && absl::StripAsciiWhitespace(*text).empty()) ComplainAbout(key, "empty");
  return text == nullptr ? "" : *text;
}

std::string Table::OptionalText(absl::string_view key) {
  const auto* text = As<std::string>(key, Find(key), "a string");
  return text == nullptr ? "" : *text;
}

std::string Table::OneOf(absl::string_view key, absl::Span<const absl::string_view> allowed) {
  const auto* text = As<std::string>(key, Require(key), "a string");
  if (text != nullptr) {
    if (std::find(allowed.begin(), allowed.end(), *text) != allowed.end()) return *text;
    ComplainAbout(key, absl::StrCat("'", *text, "' is none of ", absl::StrJoin(allowed, ", ")));
  }
  return ToStdString(allowed.front());
}

void Table::CheckRange(absl::string_view key, const Node& node, int64_t value, int64_t low,
                       int64_t high) {
  if (value >= low && value <= high) return;
  problems_->Add(file_, node.line,
                 absl::StrCat(key, ": ", value, " is not within ", low, " to ", high));
}

int64_t Table::Integer(absl::string_view key, int64_t low, int64_t high) {
  Require(key);
  return OptionalInteger(key, low, high).value_or(low);
}

std::optional<int64_t> Table::OptionalInteger(absl::string_view key, int64_t low, int64_t high) {
  const Node* node = Find(key);
  const auto* value = As<int64_t>(key, node, "an integer");
  if (value == nullptr) return std::nullopt;
  CheckRange(key, *node, *value, low, high);
  return std::clamp(*value, low, high);
}

bool Table::OptionalBool(absl::string_view key, bool fallback) {
  return OptionalTruth(key).value_or(fallback);
}

std::optional<bool> Table::OptionalTruth(absl::string_view key) {
  const auto* value = As<bool>(key, Find(key), "true or false");
  return value == nullptr ? std::nullopt : std::optional(*value);
}

absl::CivilDay Table::Day(absl::string_view key) {
  Require(key);
  return OptionalDay(key).value_or(absl::CivilDay());
}

std::optional<absl::CivilDay> Table::OptionalDay(absl::string_view key) {
  const auto* day = As<absl::CivilDay>(key, Find(key), "a date (yyyy-mm-dd, without quotes)");
  if (day == nullptr) return std::nullopt;
  if (day->year() < kFirstYear || day->year() > kLastYear) {
    ComplainAbout(key, absl::StrCat("the year is not within ", kFirstYear, " to ", kLastYear));
  }
  return *day;
}

std::vector<std::string> Table::OptionalTexts(absl::string_view key) {
  std::vector<std::string> texts;
  const auto* array = As<Node::Array>(key, Find(key), "an array of strings");
  if (array == nullptr) return texts;
  for (const Node& element : *array) {
    const auto* text = As<std::string>(key, &element, "a string");
    if (text != nullptr && text->empty()) ComplainAbout(key, "holds an empty string");
    if (text != nullptr) texts.push_back(*text);
  }
  return texts;
}

std::vector<std::string> Table::Texts(absl::string_view key) {
  Require(key);
  std::vector<std::string> texts = OptionalTexts(key);
  if (texts.empty() && Find(key) != nullptr) ComplainAbout(key, "empty");
  return texts;
}

std::vector<absl::CivilDay> Table::OptionalDays(absl::string_view key) {
  std::vector<absl::CivilDay> days;
  const auto* array = As<Node::Array>(key, Find(key), "an array of dates");
  if (array == nullptr) return days;
  for (const Node& element : *array) {
    const auto* day = As<absl::CivilDay>(key, &element, "a date (yyyy-mm-dd, without quotes)");
    if (day != nullptr) days.push_back(*day);
  }
  return days;
}

std::vector<Table> Table::OptionalTables(absl::string_view key) {
  std::vector<Table> tables;
  const auto* array = As<Node::Array>(key, Find(key), "an array of tables");
  if (array == nullptr) return tables;
  for (const Node& element : *array) tables.emplace_back(file_, element, *problems_);
  return tables;
}

std::vector<Table> Table::Tables(absl::string_view key) {
  Require(key);
  std::vector<Table> tables = OptionalTables(key);
  if (tables.empty() && Find(key) != nullptr) ComplainAbout(key, "empty");
  return tables;
}

std::vector<std::pair<std::string, Table>> Table::Entries() {
  std::vector<std::pair<std::string, Table>> entries;
  for (const auto& [key, node] : *fields_) {
    asked_.insert(key);
    entries.emplace_back(key, Table(file_, node, *problems_));
  }
  return entries;
}

}  // namespace xiufu::data
