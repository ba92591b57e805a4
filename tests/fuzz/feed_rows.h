#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/publication/drivers/csv_reader.h"
#include "tests/fuzz/bending.h"

namespace xiufu::fuzz {

// Everything of the rows, so that two readings can be compared.
inline std::string ShownRows(const std::vector<feed::FeedRow>& rows) {
  std::string shown;
  for (const feed::FeedRow& row : rows) {
    absl::StrAppend(&shown, row.line, row.broken, row.self_named ? "{" : "[");
    for (const std::string& name : row.names) absl::StrAppend(&shown, name.size(), ":", name);
    for (const std::string& field : row.fields) absl::StrAppend(&shown, field.size(), "=", field);
    absl::StrAppend(&shown, "\n");
  }
  return shown;
}

template <typename Reader>
std::vector<feed::FeedRow> ReadPieces(const std::vector<absl::string_view>& pieces) {
  Reader reader;
  std::vector<feed::FeedRow> rows;
  for (const absl::string_view piece : pieces) reader.Feed(piece, rows);
  reader.Finish(rows);
  return rows;
}

// What holds for the rows of any reader, whatever it was given.
inline void CheckRows(const std::vector<feed::FeedRow>& rows) {
  int64_t line = 0;
  for (const feed::FeedRow& row : rows) {
    EXPECT_GT(row.line, line) << "in the order of the file";
    line = row.line;
    EXPECT_TRUE(row.broken.empty() || row.fields.empty()) << "read, or broken";
    EXPECT_TRUE(!row.self_named || row.names.size() == row.fields.size());
    size_t bytes = 0;
    for (const std::string& field : row.fields) bytes += field.size();
    // A field in GB18030 grows by half when it becomes UTF-8.
    EXPECT_LE(bytes, publication::kMaxCsvRowBytes * 3 / 2);
  }
}

// Reads it whole and in pieces; the rows as they were read whole.
template <typename Reader>
std::vector<feed::FeedRow> ReadBothWays(Dice& dice, const std::string& text) {
  std::vector<feed::FeedRow> rows = ReadPieces<Reader>({text});
  CheckRows(rows);
  EXPECT_EQ(ShownRows(rows), ShownRows(ReadPieces<Reader>(Cut(dice, text))))
      << "how it is cut changes nothing";
  return rows;
}

}  // namespace xiufu::fuzz
