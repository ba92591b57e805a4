// The reader of CSV, on anything.
#include "services/publication/drivers/csv_reader.h"
#include "tests/fuzz/feed_rows.h"

namespace xiufu::fuzz {
namespace {

using publication::CsvReader;
using publication::kMaxCsvRowBytes;

const std::vector<std::string>& CsvWords() {
  static const std::vector<std::string> words = {"\"",
                                                 "\"\"",
                                                 ",",
                                                 "\n",
                                                 "\r\n",
                                                 "\r",
                                                 "\xEF\xBB\xBF",
                                                 std::string(1, '\0'),
                                                 "丹东",
                                                 "\xB5\xA4",
                                                 "\",\"",
                                                 "\"\n",
                                                 std::string(kMaxCsvRowBytes - 3, 'x'),
                                                 std::string(300, '"')};
  return words;
}

Bender CsvBender() {
  return Bender(
      {"", "a,b\nc,d\n", "\xEF\xBB\xBF\"a\",b\r\n\"c\nd\",\"e\"\"f\"\r\n",
       "CF_WSH,CF_JDRQ\r\n丹交罚〔2025〕1号,2025-03-01\r\n", "a,\"b\nc,d\ne,f\n", "\n\n\r\n"},
      CsvWords());
}

TEST(CsvFuzz, ReadsAnythingTheSameHoweverItIsCut) {
  const Bender bender = CsvBender();
  ForAWhile([&](Dice& dice) {
    std::string text = bender.Next(dice);
    ReadBothWays<CsvReader>(dice, text);
    return text;
  });
}

// Damage in one row never costs the rows behind it.
TEST(CsvFuzz, WhatFollowsOnALineOfItsOwnIsRead) {
  const Bender bender({"a,b", "\"a\",b", "\"a\nb\",c", "\"a,b", "a\"b"}, CsvWords());
  ForAWhile([&](Dice& dice) {
    std::string damaged = bender.Next(dice);
    // A quote that is left open reaches as far as a row may; then reading begins anew.
    std::string text =
        absl::StrCat(damaged, "\n", std::string(kMaxCsvRowBytes, 'y'), "\nlast,row\n");
    const std::vector<feed::FeedRow> rows = ReadBothWays<CsvReader>(dice, text);
    EXPECT_FALSE(rows.empty());
    if (!rows.empty()) {
      EXPECT_EQ(rows.back().fields, (std::vector<std::string>{"last", "row"}));
    }
    return text;
  });
}

}  // namespace
}  // namespace xiufu::fuzz
