// Rows of every layout as the law reads them.
#include <gtest/gtest.h>

#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/feed/loose_day.h"
#include "libs/feed/record_row.h"
#include "tests/unit/catalogue_shipped.h"

namespace xiufu::feed {
namespace {

using catalogue::MatterKind;

const catalogue::AuthorityRegistry& Authorities() {
  static const auto registry = catalogue::AuthorityRegistry::Load("deploy/authorities");
  if (!registry.ok()) throw std::runtime_error(registry.status().ToString());
  return *registry;
}

const LayoutBook& Layouts() {
  static const auto book = LayoutBook::Load("deploy/feeds");
  if (!book.ok()) throw std::runtime_error(book.status().ToString());
  return *book;
}

absl::StatusOr<RecordRow> ReadFields(const Fields& fields) {
  return ReadRecordRow(fields, Layouts(), catalogue::ShippedCatalogue(), Authorities());
}

TEST(RecordRowTest, APenaltyByCodesOrByLabels) {
  const Fields by_code = {{"CF_WSH", "丹交罚〔2026〕1号"},  {"cf_cflb", "罚款、没收违法所得"},
                          {"CF_JDRQ", "2026/5/6 00:00:00"}, {"CF_NR_FK", "1.25"},
                          {"CF_CFJG", "丹东市交通运输局"},  {"CF_XDR_LB", "法人及非法人组织"},
                          {"CF_YJ", "《消防法》第六十条"},  {"CF_CX", "简易程序"}};
  const Fields by_label = {{"行政处罚决定书文号", "丹交罚〔2026〕1号"},
                           {"处罚类别", "罚款、没收违法所得"},
                           {"处罚决定日期", "2026年5月6日"},
                           {"罚款金额", "1.25"},
                           {"处罚机关", "丹东市交通运输局"},
                           {"处罚依据", "《消防法》第六十条"},
                           {"处罚程序", "简易程序"}};
  for (const Fields& fields : {by_code, by_label}) {
    const absl::StatusOr<RecordRow> row = ReadFields(fields);
    ASSERT_TRUE(row.ok()) << row.status();
    EXPECT_EQ(row->content.key.document_no, "丹交罚〔2026〕1号");
    EXPECT_EQ(row->facts.matter, MatterKind::kPenalty);
    EXPECT_EQ(row->facts.kinds, (std::vector<std::string>{"罚款", "没收违法所得"}));
    EXPECT_EQ(row->facts.determined_on, *ParseDay("2026-05-06"));
    EXPECT_EQ(row->facts.fine_fen, 1'250'000);
    EXPECT_EQ(row->facts.authority_code, "transport");
    EXPECT_EQ(row->facts.authority_kind, "TRANSPORT");
    EXPECT_EQ(row->facts.fields, std::vector<std::string>{"FIRE"});
    EXPECT_EQ(row->facts.procedure, "简易");
  }
}

TEST(RecordRowTest, TheMarketRegulatorsListAndItsMark) {
  Fields fields = {{"ENTNAME", "丹东某公司"},
                   {"UNISCID", "91210600MAYY000188"},
                   {"SPECAUSE", "1"},
                   {"ABNTIME", "2025-07-02"},
                   {"DECORG_CN", "丹东市市场监督管理局"}};
  const absl::StatusOr<RecordRow> listed = ReadFields(fields);
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_EQ(listed->facts.matter, MatterKind::kAbnormalList);
  EXPECT_EQ(listed->facts.authority_kind, "MARKET_REGULATION");
  EXPECT_EQ(listed->facts.ground, "ANNUAL_REPORT");
  EXPECT_EQ(listed->facts.curable, true);
  fields["UNISCID"] = "92210602MAYY00026W";
  fields["SPECAUSE"] = "";
  fields["SPECAUSE_CN"] = "通过登记的经营场所无法联系";
  const absl::StatusOr<RecordRow> marked = ReadFields(fields);
  ASSERT_TRUE(marked.ok()) << marked.status();
  EXPECT_EQ(marked->facts.matter, MatterKind::kAbnormalMark);
  EXPECT_EQ(marked->facts.ground, "ADDRESS");
}

TEST(RecordRowTest, ListsByTheirNames) {
  const struct {
    const char* list;
    MatterKind matter;
    const char* kind;
  } rows[] = {
      {"严重违法失信名单", MatterKind::kSeriousList, "MARKET_REGULATION"},
      {"社会组织严重违法失信名单", MatterKind::kSeriousList, "CIVIL_AFFAIRS"},
      {"社会组织活动异常名录", MatterKind::kSocialAbnormalList, "CIVIL_AFFAIRS"},
      {"经营异常名录", MatterKind::kAbnormalList, "MARKET_REGULATION"},
      {"失信被执行人", MatterKind::kSeriousList, "COURT"},
      {"拖欠农民工工资失信联合惩戒对象名单", MatterKind::kSeriousList, "HUMAN_RESOURCES"},
      {"重大税收违法失信主体", MatterKind::kSeriousList, "TAX"},
      {"统计严重失信企业", MatterKind::kSeriousList, "STATISTICS"},
      {"安全生产严重失信主体", MatterKind::kSeriousList, "EMERGENCY"},
  };
  for (const auto& row : rows) {
    const absl::StatusOr<RecordRow> read =
        ReadFields({{"名单类型", row.list}, {"列入日期", "20260506"}, {"改正日期", "2026-06-01"}});
    ASSERT_TRUE(read.ok()) << row.list << read.status();
    EXPECT_EQ(read->facts.matter, row.matter) << row.list;
    EXPECT_EQ(read->facts.authority_kind, row.kind) << row.list;
    EXPECT_EQ(read->facts.corrected_on, *ParseDay("2026-06-01"));
  }
}

TEST(RecordRowTest, EverythingWrongIsNamed) {
  const absl::Status penalty =
      ReadFields({{"CF_CFLB", "没有"}, {"CF_JDRQ", "2026-02-30"}, {"CF_NR_FK", "x"}}).status();
  EXPECT_TRUE(absl::IsInvalidArgument(penalty));
  std::vector<std::string> fields;
  for (const Violation& violation : ViolationsOf(penalty)) fields.push_back(violation.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"CF_NR_FK", "CF_CFLB", "CF_JDRQ"}));
  const absl::Status entry = ReadFields({{"名单类型", "失信被执行人"}, {"basis", "whim"}}).status();
  ASSERT_EQ(ViolationsOf(entry).size(), 2u);
  EXPECT_EQ(ViolationsOf(entry)[0].field, "列入日期");
  EXPECT_EQ(ViolationsOf(entry)[1].field, "BASIS");
}

TEST(RecordRowTest, WhatIsOfNoLayoutIsToldWhatIsMissing) {
  const absl::Status unknown =
      ReadFields({{"主体名称", "甲"}, {"列入日期", "2026-05-06"}}).status();
  ASSERT_EQ(ViolationsOf(unknown).size(), 1u);
  for (const char* column : {"CF_CFLB", "名单类型", "ABNTIME"}) {
    EXPECT_NE(ViolationsOf(unknown)[0].description.find(column), std::string::npos) << column;
  }
}

// What was changed or annulled is withdrawn, whatever else might be asked about it.
TEST(RecordRowTest, AnAnnulledPenaltyIsNoMatterOfRepair) {
  const auto read = ReadFields({{"CF_CFLB", "警告"}, {"CF_JDRQ", "2026-05-06"}, {"CF_ZT", "1"}});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->facts.basis, catalogue::Basis::kAnnulment);
}

TEST(RecordRowTest, ASpotCheckIsNoListEntry) {
  const auto read = ReadFields({{"名单类型", "抽查检查结果"},
                                {"认定单位", "丹东市市场监督管理局"},
                                {"列入日期", "2026-05-06"}});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->facts.matter, catalogue::MatterKind::kSpotCheck);
}

TEST(RecordRowTest, NaturalPersonsAreNobodysBusiness) {
  EXPECT_TRUE(absl::IsOutOfRange(
      ReadFields({{"CF_XDR_LB", "自然人"}, {"CF_CFLB", "罚款"}, {"CF_JDRQ", "2026-05-06"}})
          .status()));
}

TEST(RecordRowTest, LooseDays) {
  for (const char* text : {"2026-05-06", "2026/5/6", "20260506", "2026年05月06日", "2026.5.6",
                           " 2026-05-06T10:00:00Z ", "2026-05-06 00:00:00", "2026-05-05T16:00:00Z",
                           "2026-05-05T16:00:00.000Z", "2026-05-06T00:00:00+08:00",
                           "2026-05-06T23:59:59", "1777996800000", "1778083199999"}) {
    const absl::StatusOr<absl::CivilDay> day = ReadLooseDay(text);
    ASSERT_TRUE(day.ok()) << text;
    EXPECT_EQ(*day, *ParseDay("2026-05-06"));
  }
  for (const char* text : {"", "2026", "2026-13-01", "20260230", "六月", "2026-5", "-2026-05-06"}) {
    EXPECT_FALSE(ReadLooseDay(text).ok()) << text;
  }
}

}  // namespace
}  // namespace xiufu::feed
