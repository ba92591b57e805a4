// The reader of JSON, on anything, and beside another one on what is JSON.
#include <nlohmann/json.hpp>

#include "libs/base/text.h"
#include "services/publication/drivers/json_reader.h"
#include "tests/fuzz/feed_rows.h"

namespace xiufu::fuzz {
namespace {

using publication::JsonReader;
using publication::kMaxCsvRowBytes;

const std::vector<std::string>& JsonWords() {
  static const std::vector<std::string> words = {"{",
                                                 "}",
                                                 "[",
                                                 "]",
                                                 "\"",
                                                 ",",
                                                 ":",
                                                 "\\",
                                                 "\\u0000",
                                                 "\\ud800",
                                                 "null",
                                                 "true",
                                                 "1e400",
                                                 "-0",
                                                 "\"rows\"",
                                                 "\"total\"",
                                                 "\"rows\":[",
                                                 "{}",
                                                 "[[]]",
                                                 "\"]\"",
                                                 "\"{\"",
                                                 "\xEF\xBB\xBF",
                                                 "\xB5\xA4",
                                                 std::string(1, '\0'),
                                                 "\\\"",
                                                 std::string(kMaxCsvRowBytes, 'x'),
                                                 std::string(2000, '[')};
  return words;
}

Bender JsonBender() {
  return Bender(
      {R"({"total": 2, "rows": [{"CF_WSH": "丹1", "CF_NR_FK": 0.5}, {"CF_WSH": null, "x": true}]})",
       R"([{"a": "1"}, {"b": {"c": [1, 2]}}, {}])",
       R"({"code": 200, "data": {"rows": [{"a": "\"}]{["}, 7, "x", null, [1], {"a": 2}], "n": []}})",
       R"({"rows": []})", R"({"a": "rows", "b": [1], "rows": {"rows": [{"z": 1}]}})", ""},
      JsonWords());
}

TEST(JsonFuzz, ReadsAnythingTheSameHoweverItIsCut) {
  const Bender bender = JsonBender();
  ForAWhile([&](Dice& dice) {
    std::string text = bender.Next(dice);
    for (const feed::FeedRow& row : ReadBothWays<JsonReader>(dice, text)) {
      for (const std::string& field : row.fields) EXPECT_TRUE(IsValidUtf8(field));
      for (const std::string& name : row.names) EXPECT_TRUE(IsValidUtf8(name));
    }
    return text;
  });
}

// Every element of a list is a row, and what is no object is a broken one.
TEST(JsonFuzz, AListIsReadAsAnotherReaderReadsIt) {
  const Bender bender(
      {R"([{"a": "1", "b": 2}, {"b": {"c": [1, 2]}, "a": null}, {}])",
       R"([1, "x", null, [1, [2]], {"a": "\"}]{["}, -0.5, false, {"a": 2}])", "[]"},
      {"{}", "[]", "\"]\"", "\"{\"", "null", "7", ",{\"a\":1}", " ", "\\u4e39", ","});
  uint64_t lists = 0;
  ForAWhile([&](Dice& dice) {
    std::string text = bender.Next(dice);
    const nlohmann::json whole = nlohmann::json::parse(text, nullptr, false);
    const std::vector<feed::FeedRow> rows = ReadBothWays<JsonReader>(dice, text);
    if (!whole.is_array()) return text;
    ++lists;
    EXPECT_EQ(rows.size(), whole.size());
    for (size_t i = 0; i < rows.size() && i < whole.size(); ++i) {
      EXPECT_EQ(rows[i].broken.empty(), whole[i].is_object());
      size_t plain = 0;
      if (whole[i].is_object()) {
        for (const auto& value : whole[i]) plain += value.is_structured() ? 0 : 1;
      }
      EXPECT_EQ(rows[i].fields.size(), plain);
    }
    return text;
  });
  EXPECT_GT(lists, 10u) << "or nothing was compared";
}

}  // namespace
}  // namespace xiufu::fuzz
