// A whole feed, from bytes to what is kept of its rows.
#include "libs/base/text.h"
#include "libs/catalogue/law.h"
#include "libs/feed/layout.h"
#include "libs/feed/row_reader.h"
#include "services/publication/app/feed_import.h"
#include "services/publication/drivers/feed_reader.h"
#include "tests/fuzz/feed_rows.h"

namespace xiufu::fuzz {
namespace {

using publication::FeedImport;
using publication::FeedReader;
using publication::ImportBatch;

constexpr char kPerson[] = "丹东某自然人";

struct Rules {
  catalogue::LawSnapshot law =
      *catalogue::LoadLaw({"deploy/catalogue", "deploy/calendars", "deploy/authorities"});
  feed::LayoutBook layouts = *feed::LayoutBook::Load("deploy/feeds");
};

const std::vector<std::string>& Feeds() {
  static const std::vector<std::string> feeds = {
      "CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_WSH,CF_WFXW,CF_CFLB,CF_NR_FK,CF_JDRQ,CF_GSJZQ,CF_CFJG,"
      "CF_ZT\r\n"
      "丹东示例贸易有限公司,法人及非法人组织,91210600MAYY000188,丹交罚〔2025〕1号,超限运输,罚款,0."
      "5,2025-03-01,,丹东市交通运输局,0\r\n"
      "丹东某自然人,自然人,,丹交罚〔2025〕2号,超限运输,罚款,0.5,2025-03-01,,丹东市交通运输局,0\r\n",
      "ENTNAME,UNISCID,SPECAUSE,SPECAUSE_CN,ABNTIME,DECORG_CN,ISMOVE,REMEXCPRES_CN,REMDATE\n"
      "丹东示例贸易有限公司,91210600MAYY000188,1,未按期公示年报,2025-07-02,丹东市市场监督管理局,1,"
      "已补报,2026-03-20\n",
      "名单类型,主体名称,统一社会信用代码,认定单位,认定文号,列入事由,列入日期,移出日期\n"
      "重大税收违法失信主体,丹东甲公司,91210600MAYY000188,某单位,,事由,2026年1月2日,2027-01-01\n",
      R"({"total": 2, "rows": [{"CF_XDR_MC": "丹东示例贸易有限公司", "CF_XDR_SHXYM": "91210600MAYY000188", )"
      R"("CF_WSH": "丹1", "CF_CFLB": "警告", "CF_JDRQ": "20250301", "CF_CFJG": "丹东市交通运输局", "多": {"a": 1}}, )"
      R"({"CF_XDR_MC": "丹东某自然人", "CF_XDR_LB": "自然人", "CF_WSH": "丹2", "CF_CFLB": "1", "CF_JDRQ": "2025/3/1"}]})"};
  return feeds;
}

// Kept text can be shown and sent.
void CheckText(const std::string& text) {
  EXPECT_TRUE(IsValidUtf8(text));
  EXPECT_EQ(text.find('\0'), std::string::npos);
}

void CheckBatch(const ImportBatch& batch) {
  for (const ImportBatch::Row& row : batch.rows) {
    EXPECT_FALSE(row.content && !row.errors.empty()) << "taken, or refused";
    for (const feed::RowNote& note : row.errors) EXPECT_EQ(note.line, row.line);
    if (!row.content) continue;
    for (const std::string& text :
         {row.content->subject_name, row.content->key.document_no, row.content->authority_name,
          row.content->list_name, row.content->ground, row.content->violation, row.content->remark,
          row.content->facts, row.content->basis, row.content->penalty}) {
      CheckText(text);
    }
    for (const auto& [name, value] : row.content->extra) {
      CheckText(name);
      CheckText(value);
    }
    EXPECT_EQ(row.content->key.subject_uscc.size(), 18u);
    EXPECT_FALSE(row.fingerprint.empty());
  }
}

// Every row of the file is in a batch, once; a feed that cannot be one is refused as a whole.
TEST(FeedFuzz, EveryRowIsAccountedFor) {
  const Rules rules;
  const Bender bender(
      Feeds(), {"\"", ",", "\n", "\r\n", "\xEF\xBB\xBF", std::string(1, '\0'), "自然人", "\\ud800",
                "{}", "null", "{\"CF_WSH\":1,\"cf_wsh\":2},", "\xB5\xA4", "9999-12-31",
                "99999999999999999999", "-1", "\u202E", "\u200B", ",,,,,,"});
  ForAWhile([&](Dice& dice) {
    std::string text = bender.Next(dice);
    FeedReader reader;
    std::vector<feed::FeedRow> rows;
    for (const absl::string_view piece : Cut(dice, text)) reader.Feed(piece, rows);
    reader.Finish(rows);
    CheckRows(rows);
    FeedImport import({&rules.law->catalogue, &rules.law->authorities, &rules.layouts,
                       absl::CivilDay(2026, 4, 1)},
                      "", 0);
    size_t accounted = 0;
    for (const feed::FeedRow& row : rows) {
      if (!import.Take(row).ok()) return text;
    }
    if (!import.Finish().ok()) return text;
    const ImportBatch batch = import.TakeBatch(reader.encoding());
    CheckBatch(batch);
    accounted += batch.rows.size();
    const bool has_header = !rows.empty() && !rows.front().self_named;
    EXPECT_EQ(accounted, rows.size() - (has_header ? 1 : 0));
    return text;
  });
}

// However a row about a person is damaged in its other fields, nothing of it is kept or said.
TEST(FeedFuzz, NothingOfAPersonIsKeptOrSaid) {
  const Rules rules;
  const Bender bender({"罚款", "0.5", "2025-03-01", "丹交罚〔2025〕2号", ""},
                      {"x", "\u202E", "-", "99999999", "\xB5", std::string(1, '\0')});
  ForAWhile([&](Dice& dice) {
    feed::FeedRow header{.line = 1,
                         .fields = {"CF_XDR_MC", "CF_XDR_LB", "CF_XDR_SHXYM", "CF_WSH", "CF_CFLB",
                                    "CF_NR_FK", "CF_JDRQ", "CF_CFJG", "别的"}};
    feed::FeedRow row{.line = 2,
                      .fields = {kPerson, "自然人", "", bender.Next(dice), bender.Next(dice),
                                 bender.Next(dice), bender.Next(dice), bender.Next(dice), kPerson}};
    FeedImport import({&rules.law->catalogue, &rules.law->authorities, &rules.layouts,
                       absl::CivilDay(2026, 4, 1)},
                      "", 0);
    EXPECT_TRUE(import.Take(header).ok());
    EXPECT_TRUE(import.Take(row).ok());
    for (const ImportBatch::Row& taken : import.TakeBatch("UTF-8").rows) {
      EXPECT_FALSE(taken.content.has_value());
      for (const feed::RowNote& note : taken.errors) {
        EXPECT_EQ(note.reason.find(kPerson), std::string::npos) << note.reason;
      }
    }
    return row.fields[3];
  });
}

}  // namespace
}  // namespace xiufu::fuzz
