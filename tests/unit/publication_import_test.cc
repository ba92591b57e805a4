// Whole feeds into the store.
#include <gtest/gtest.h>

#include "libs/base/status.h"
#include "services/publication/drivers/record_codec.h"
#include "tests/unit/publication_rig.h"

namespace xiufu::publication {
namespace {

RowText Numbered(int n) { return RowText().Set("CF_WSH", absl::StrCat("丹交罚〔2025〕", n, "号")); }

using PublicationImport = PublicationTest;

TEST_F(PublicationImport, AgainTheSameFileChangesNothing) {
  std::vector<RowText> rows;
  for (int i = 0; i < 1203; ++i) rows.push_back(Numbered(i));
  absl::StatusOr<ImportReport> first = Import(FeedOf(rows));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->import.counts.position, 1203);
  EXPECT_EQ(first->import.counts.imported, 1203);
  const auto before = Rows("SELECT hex(id), version, changed_at FROM record ORDER BY id", 3);
  clock_.Advance(absl::Hours(1));
  absl::StatusOr<ImportReport> second = Import(FeedOf(rows));
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->import.counts.imported, 0);
  EXPECT_EQ(second->import.counts.unchanged, 1203);
  EXPECT_EQ(Rows("SELECT hex(id), version, changed_at FROM record ORDER BY id", 3), before);
}

TEST_F(PublicationImport, OtherContentIsTheNextVersionOfTheSameRecord) {
  ASSERT_TRUE(Import(FeedOf({RowText()})).ok());
  const Id record = OnlyRecord();
  absl::StatusOr<ImportReport> report = Import(FeedOf({RowText().Set("CF_NR_FK", "0.6")}));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->import.counts.updated, 1);
  EXPECT_EQ(OnlyRecord(), record);
  EXPECT_EQ(Rows("SELECT version, fine_fen, state FROM record", 3),
            std::vector<std::string>{"2|600000|1"});
}

TEST_F(PublicationImport, BadRowsAreReportedAndGoodOnesTaken) {
  const std::string csv =
      absl::StrCat(RowText().Header(), "\n",                                            // line 1
                   Numbered(1).Line(), "\n",                                            // 2
                   Numbered(2).Set("CF_JDRQ", "x").Line(), "\n",                        // 3
                   Numbered(3).Set("CF_XDR_LB", "自然人").Line(), "\n",                 // 4
                   Numbered(4).Set("CF_WFXW", "\"两\n行\"").Line(), "\n",               // 5 and 6
                   "only,three,fields\n",                                               // 7
                   Numbered(5).Set("CF_XDR_SHXYM", "91350100M0001TGQXM").Line(), "\n",  // 8
                   Numbered(6).Set("CF_XDR_MC", "\"没有闭合").Line());                  // 9
  absl::StatusOr<ImportReport> report = Import(csv);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->import.counts.position, 7);
  EXPECT_EQ(report->import.counts.imported, 3);
  EXPECT_EQ(report->import.counts.out_of_scope, 1);
  EXPECT_EQ(report->import.counts.rejected, 3);
  ASSERT_EQ(report->errors.size(), 3u);
  EXPECT_EQ(report->errors[0].line, 3);
  EXPECT_EQ(report->errors[0].field, "CF_JDRQ");
  EXPECT_EQ(report->errors[1].line, 7);
  EXPECT_EQ(report->errors[2].line, 9);
  ASSERT_EQ(report->warnings.size(), 1u);
  EXPECT_EQ(report->warnings[0].line, 8);
  EXPECT_EQ(Rows("SELECT sum(code_mismatch), count(*) FROM record", 2),
            std::vector<std::string>{"1|3"});
}

TEST_F(PublicationImport, OnePenaltyTwiceInAFile) {
  const std::string csv = FeedOf({Numbered(1), Numbered(1), Numbered(1).Set("CF_NR_FK", "9")});
  absl::StatusOr<ImportReport> report = Import(csv);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->import.counts.imported, 1);
  EXPECT_EQ(report->import.counts.unchanged, 1);
  ASSERT_EQ(report->errors.size(), 1u);
  EXPECT_EQ(report->errors[0].line, 4);
  // So that a second import of the file changes nothing.
  report = Import(csv);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->import.counts.imported + report->import.counts.updated, 0);
}

TEST_F(PublicationImport, UnusableFilesAreRefusedWhole) {
  EXPECT_EQ(Import("").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Import("a,b\n1,2\n").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Import("\"CF_XDR_MC").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(Rows("SELECT id FROM record", 1).empty());
}

TEST_F(PublicationImport, TheListsOfAReportAreBounded) {
  std::vector<RowText> rows;
  for (size_t i = 0; i < kMaxListedNotes + 5; ++i) {
    rows.push_back(Numbered(static_cast<int>(i)).Set("CF_JDRQ", "x"));
  }
  absl::StatusOr<ImportReport> report = Import(FeedOf(rows));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->import.counts.rejected, static_cast<int64_t>(kMaxListedNotes) + 5);
  EXPECT_EQ(report->errors.size(), kMaxListedNotes);
  EXPECT_EQ(report->import.counts.notes, static_cast<int64_t>(kMaxListedNotes) + 5);
  EXPECT_EQ(Rows("SELECT count(*) FROM import_note", 1),
            std::vector<std::string>{absl::StrCat(kMaxListedNotes + 5)});
}

TEST_F(PublicationImport, UnknownColumnsAreKeptAsJson) {
  ASSERT_TRUE(Import(FeedOf({RowText().Set("CF_SXQ", "0").Set("CF_FRDB", "某某")})).ok());
  EXPECT_EQ(Rows("SELECT extra FROM record", 1), std::vector<std::string>{R"({"CF_SXQ":"0"})"});
}

// A protobuf string that is not UTF-8 is a report that nobody can read.
TEST(PublicationReport, NotesAreUtf8WhateverTheFeedHeld) {
  ImportReport report;
  report.errors.push_back({1, "CF_\xB7\xA3", "unknown \xFF"});
  report.warnings.push_back({2, "\xFE", "名"});
  const v1::ImportReport proto = ToProto(report);
  EXPECT_EQ(proto.errors(0).field(), "CF_\uFFFD\uFFFD");
  EXPECT_EQ(proto.errors(0).reason(), "unknown \uFFFD");
  EXPECT_EQ(proto.warnings(0).field(), "\uFFFD");
  EXPECT_EQ(proto.warnings(0).reason(), "名");
}

}  // namespace
}  // namespace xiufu::publication
