// The feed reader: RFC 4180, and what becomes of what is none.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/publication/drivers/csv_reader.h"

namespace xiufu::publication {
using feed::FeedRow;

namespace {

using Fields = std::vector<std::string>;

std::vector<FeedRow> ReadCut(const std::string& text, const std::vector<size_t>& cuts) {
  CsvReader reader;
  std::vector<FeedRow> rows;
  size_t from = 0;
  for (size_t cut : cuts) {
    reader.Feed(absl::string_view(text).substr(from, cut - from), rows);
    from = cut;
  }
  reader.Feed(absl::string_view(text).substr(from), rows);
  reader.Finish(rows);
  return rows;
}

std::vector<FeedRow> ReadAll(const std::string& text) { return ReadCut(text, {}); }

std::string Shown(const std::vector<FeedRow>& rows) {
  std::string shown;
  for (const FeedRow& row : rows) {
    absl::StrAppend(&shown, row.line, row.broken.empty() ? "" : "!");
    for (const std::string& field : row.fields) absl::StrAppend(&shown, "[", field, "]");
    absl::StrAppend(&shown, "\n");
  }
  return shown;
}

struct CsvCase {
  const char* name;
  std::string text;
  std::string shown;  // "line[field][field]", "line!" for a broken row
};

const std::vector<CsvCase>& CsvCases() {
  static const std::vector<CsvCase> cases = {
      {"empty file", "", ""},
      {"one row without line end", "a,b", "1[a][b]\n"},
      {"line feeds", "a,b\nc,d\n", "1[a][b]\n2[c][d]\n"},
      {"carriage returns", "a,b\r\nc,d\r\n", "1[a][b]\n2[c][d]\n"},
      {"carriage return at the end", "a,b\r", "1[a][b]\n"},
      {"byte order mark",
       "\xEF\xBB\xBF"
       "a,b\n",
       "1[a][b]\n"},
      {"byte order mark before a quote", "\xEF\xBB\xBF\"a\",b\n", "1[a][b]\n"},
      {"half a byte order mark", "\xEF\xBB", "1[\xEF\xBB]\n"},
      {"empty fields", ",,\n", "1[][][]\n"},
      {"blank lines are counted and are no rows", "a\n\n\r\nb\n", "1[a]\n4[b]\n"},
      {"comma in quotes", "\"a,b\",c\n", "1[a,b][c]\n"},
      {"doubled quotes", "\"a\"\"b\",\"\"\"\"\n", "1[a\"b][\"]\n"},
      {"empty quotes", "\"\",x\n", "1[][x]\n"},
      {"line break in quotes", "\"a\nb\",c\nd,e\n", "1[a\nb][c]\n3[d][e]\n"},
      {"quoted last field at the end", "a,\"b\"", "1[a][b]\n"},
      {"quote never closed at the end", "a,b\nc,\"d", "1[a][b]\n2!\n"},
      {"quote never closed in the middle costs one row", "a,b\nc,\"d\ne,f\ng,h\n",
       "1[a][b]\n2!\n3[e][f]\n4[g][h]\n"},
      {"quote never closed before a quoted row", "a,\"b\nc,\"d\"\ne,f\n", "1!\n2[c][d]\n3[e][f]\n"},
      {"quote inside a field", "a\"b,c\nd,e\n", "1!\n2[d][e]\n"},
      {"text behind a closing quote", "\"a\"b,c\nd,e\n", "1!\n2[d][e]\n"},
      {"broken in a later field that spans lines", "\"a\nb\",\"c\"d\ne,f\n", "1!\n3[e][f]\n"},
      {"only a quote", "\"", "1!\n"},
  };
  return cases;
}

TEST(PublicationCsv, ReadsRowsAndFindsBrokenOnes) {
  for (const CsvCase& c : CsvCases()) EXPECT_EQ(Shown(ReadAll(c.text)), c.shown) << c.name;
}

TEST(PublicationCsv, CuttingAtAnyByteChangesNothing) {
  for (const CsvCase& c : CsvCases()) {
    for (size_t cut = 0; cut <= c.text.size(); ++cut) {
      EXPECT_EQ(Shown(ReadCut(c.text, {cut})), c.shown) << c.name << " cut at " << cut;
    }
    std::vector<size_t> everywhere(c.text.size());
    std::iota(everywhere.begin(), everywhere.end(), 0);
    EXPECT_EQ(Shown(ReadCut(c.text, everywhere)), c.shown) << c.name << " byte by byte";
  }
}

TEST(PublicationCsv, ARowBeyondTheLimitIsOneErrorAndTheNextIsRead) {
  const std::string text = absl::StrCat("a,b\n", std::string(kMaxCsvRowBytes + 10, 'x'), "\nc,d\n");
  const std::string shown = "1[a][b]\n2!\n3[c][d]\n";
  EXPECT_EQ(Shown(ReadAll(text)), shown);
  for (size_t cut : {size_t{4}, size_t{100}, kMaxCsvRowBytes + 3, kMaxCsvRowBytes + 4,
                     kMaxCsvRowBytes + 5, kMaxCsvRowBytes + 14}) {
    EXPECT_EQ(Shown(ReadCut(text, {cut})), shown) << cut;
  }
}

TEST(PublicationCsv, ARowOfExactlyTheLimitIsRead) {
  const std::string row = std::string(kMaxCsvRowBytes - 1, 'x');
  const std::vector<FeedRow> rows = ReadAll(absl::StrCat(row, "\nb\n"));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].fields, Fields{row});
}

TEST(PublicationCsv, AForgottenQuoteBeforeMuchTextCostsOneRow) {
  std::string text = "a,\"b\n";
  for (int i = 0; i < 20000; ++i) absl::StrAppend(&text, "row", i, ",x\n");
  const std::vector<FeedRow> rows = ReadAll(text);
  ASSERT_EQ(rows.size(), 20001u);
  EXPECT_FALSE(rows[0].broken.empty());
  EXPECT_EQ(rows[20000].fields, (Fields{"row19999", "x"}));
  EXPECT_EQ(rows[20000].line, 20001);
}

std::string Encoded(const std::vector<Fields>& rows) {
  std::string text;
  for (const Fields& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      absl::StrAppend(&text, i == 0 ? "\"" : ",\"");
      for (char c : row[i]) absl::StrAppend(&text, absl::string_view(&c, 1), c == '"' ? "\"" : "");
      absl::StrAppend(&text, "\"");
    }
    absl::StrAppend(&text, "\r\n");
  }
  return text;
}

rc::Gen<std::string> NastyText() {
  return rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,\"\r\n\xEF\xBB\xBF")));
}

RC_GTEST_PROP(PublicationCsvProperty, WhatIsQuotedComesBack, ()) {
  const auto rows = *rc::gen::container<std::vector<Fields>>(
      rc::gen::nonEmpty(rc::gen::container<Fields>(NastyText())));
  std::vector<Fields> expected;
  for (const Fields& row : rows) {
    if (row != Fields{""}) expected.push_back(row);
  }
  std::vector<Fields> read;
  for (const FeedRow& row : ReadAll(Encoded(rows))) {
    RC_ASSERT(row.broken.empty());
    read.push_back(row.fields);
  }
  RC_ASSERT(read == expected);
}

RC_GTEST_PROP(PublicationCsvProperty, CutsNeverChangeWhatIsRead, ()) {
  const std::string text = *NastyText();
  std::vector<size_t> cuts =
      *rc::gen::container<std::vector<size_t>>(rc::gen::inRange<size_t>(0, text.size() + 1));
  std::sort(cuts.begin(), cuts.end());
  RC_ASSERT(Shown(ReadCut(text, cuts)) == Shown(ReadAll(text)));
}

}  // namespace
}  // namespace xiufu::publication
