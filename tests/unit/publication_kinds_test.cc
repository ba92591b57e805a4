// Feeds of every kind, form and encoding into the store; names; imports that were cut off.
#include <gtest/gtest.h>
#include <iconv.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "absl/strings/str_replace.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/publication/app/feed_import.h"
#include "services/publication/domain/name_search.h"
#include "services/publication/drivers/event_codec.h"
#include "services/publication/drivers/feed_reader.h"
#include "services/publication/drivers/sql_imports.h"
#include "services/publication/drivers/sql_names.h"
#include "services/publication/drivers/sql_notices.h"
#include "services/publication/drivers/sql_records.h"
#include "services/publication/drivers/sql_reports.h"
#include "tests/unit/publication_rig.h"
#include "xiufu/publication/v1/events.pb.h"

namespace xiufu::publication {
namespace {

std::string ToGb18030(const std::string& text) {
  iconv_t converter = iconv_open("GB18030", "UTF-8");
  std::string bytes(text.size() * 2, '\0');
  char* from = const_cast<char*>(text.data());
  char* to = bytes.data();
  size_t left = text.size(), room = bytes.size();
  EXPECT_NE(iconv(converter, &from, &left, &to, &room), static_cast<size_t>(-1));
  iconv_close(converter);
  bytes.resize(bytes.size() - room);
  return bytes;
}

constexpr char kAbnormal[] =
    "ENTNAME,UNISCID,LEREP,CERNO,SPECAUSE,SPECAUSE_CN,ABNTIME,DECORG,DECORG_CN,ISMOVE,REMDATE,"
    "REMEXCPRES_CN,REDECORG_CN,REGNO\r\n"
    "丹东甲公司,91210600MAYY000188,张某,210602199001010012,1,,2025-07-02,210600,某市场局,,,,,"
    "2106\r\n"
    "丹东乙商行,92210602MAYY00026W,,,4,,2025-07-02,,某市场局,1,2025-12-01,补报年报,某市场局,\r\n"
    "丹东丙中心,52210600MJYY00045K,,,,未按规定报送年度工作报告,2025-08-01,,某民政局,2,,,,\r\n";

class PublicationKinds : public PublicationTest {
 protected:
  ImportReport Take(const std::string& file, const std::string& layout = "") {
    absl::StatusOr<ImportReport> report = Import(file, layout);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : ImportReport();
  }
  std::vector<std::string> NamesFound(const std::string& text, int page = 100) {
    std::vector<std::string> names;
    const absl::Status status = database_->Read([&](storage::Session& session) {
      std::optional<NamePosition> after;
      while (true) {
        const auto found = SqlRecords().OfName(session, FoldName(text), after, page);
        for (const NamedRecord& named : found) {
          names.push_back(named.record.content.subject_name);
          after = NamePosition{named.subject,
                               PagePosition{named.record.content.decision_date, named.record.id}};
        }
        if (static_cast<int>(found.size()) < page) break;
      }
      return session.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return names;
  }
};

TEST_F(PublicationKinds, TheMarketRegulatorsListWithItsMarksAndSocialOrganisations) {
  const ImportReport report = Take(kAbnormal);
  EXPECT_EQ(report.import.layout, "ABNORMAL-LIST");
  EXPECT_EQ(report.import.counts.imported, 3);
  EXPECT_EQ(
      Rows("SELECT matter, list_name, entry, ground, authority_name, authority_uscc, document_no"
           " FROM record ORDER BY subject_uscc DESC",
           7),
      (std::vector<std::string>{
          "ABNORMAL_MARK|个体工商户经营异常状态|个体工商户经营异常状态 2025-07-02|4|某市场局||",
          "ABNORMAL_LIST|经营异常名录|经营异常名录 2025-07-02|1|某市场局||",
          "SOCIAL_ABNORMAL_LIST|社会组织活动异常名录|社会组织活动异常名录 2025-08-01|"
          "未按规定报送年度工作报告|某民政局||"}));
  // What the authority has done by itself.
  EXPECT_EQ(Rows("SELECT reported, reported_on, reported_by, reported_reason FROM record"
                 " WHERE reported IS NOT NULL ORDER BY reported",
                 4),
            (std::vector<std::string>{"1|2025-12-01|某市场局|补报年报", "2|||"}));
  // Nobody's name, nobody's number.
  EXPECT_EQ(Rows("SELECT extra FROM record WHERE matter = 'ABNORMAL_LIST'", 1),
            std::vector<std::string>{R"({"DECORG":"210600","REGNO":"2106"})"});
}

TEST_F(PublicationKinds, ListsOfEveryLineInOneFile) {
  std::string csv =
      "名单类型,主体名称,统一社会信用代码,认定单位,认定文号,列入事由,列入日期,移出日期\n";
  const char* lists[] = {
      "重大税收违法失信主体", "拖欠农民工工资失信联合惩戒对象名单", "统计严重失信企业",
      "安全生产严重失信主体", "社会组织严重违法失信名单",           "严重违法失信名单",
      "失信被执行人"};
  int n = 0;
  for (const char* list : lists) {
    ++n;
    absl::StrAppend(&csv, list, ",丹东甲公司,", kCompany, ",某单位", n, ",", n % 2 ? "" : "文号",
                    ",事由,2026年1月2日,2027-01-01\n");
  }
  const ImportReport report = Take(csv);
  EXPECT_EQ(report.import.layout, "LIST-CORE");
  EXPECT_EQ(report.import.counts.imported, 7)
      << (report.errors.empty() ? "" : report.errors[0].reason);
  EXPECT_EQ(Rows("SELECT DISTINCT matter, decision_date, valid_until, reported FROM record", 4),
            std::vector<std::string>{"SERIOUS_LIST|2026-01-02|2027-01-01|"})
      << "a day to come is the end of the term, not something that was done";
  EXPECT_EQ(Take(csv).import.counts.unchanged, 7);
}

TEST_F(PublicationKinds, IndividualsOfTheCourtsListAreCountedAndNotStored) {
  const ImportReport report = Take(
      "名称,性别,年龄,统一社会信用代码,案号,执行法院,发布时间,法律生效文书确定的义务,企业法人姓名\n"
      "张某,男,40,2106021990****001X,（2026）辽0602执1号,某法院,2026-01-02,还款,\n"
      "李某,,,210602199001010012,（2026）辽0602执2号,某法院,2026-01-02,还款,\n"
      "丹东甲公司,,,91210600MAYY000188,（2026）辽0602执3号,某法院,2026-01-02,还款,王某\n");
  EXPECT_EQ(report.import.layout, "COURT-EXECUTEE");
  EXPECT_EQ(report.import.counts.out_of_scope, 2);
  EXPECT_EQ(report.import.counts.imported, 1);
  for (const std::string& row :
       Rows("SELECT quote(subject_name) || extra || facts FROM record", 1)) {
    for (const char* name : {"张某", "李某", "王某", "210602"}) {
      EXPECT_EQ(row.find(name), std::string::npos) << row;
    }
  }
}

TEST_F(PublicationKinds, TheLayoutOfBefore2018) {
  const ImportReport report = Take(
      "CF_WSH,CF_CFMC,CF_CFLB1,CF_CFLB2,CF_SY,CF_YJ,CF_XDR_MC,CF_XDR_SHXYM,CF_XDR_SFZ,CF_FR,CF_JG,"
      "CF_JDRQ,CF_XZJG,CF_ZT,DFBM,SJC\n"
      "旧1号,占道经营,1,2,事由,依据,丹东甲公司,91210600MAYY000188,,王某,罚款,2025/03/01 00:00:00,"
      "丹东市交通运输局,1,210600,20250302\n");
  EXPECT_EQ(report.import.layout, "SGS-PENALTY-2015");
  ASSERT_EQ(report.import.counts.imported, 1) << report.errors[0].field << report.errors[0].reason;
  EXPECT_EQ(
      Rows("SELECT penalty_kinds, violation, penalty, decision_date, reported, extra FROM record",
           6),
      std::vector<std::string>{"警告\n罚款|占道经营|罚款|2025-03-01|3|"
                               R"({"DFBM":"210600","SJC":"20250302"})"});
}

TEST_F(PublicationKinds, AFileOfNoKnownLayoutIsRefusedAndToldWhichThereAre) {
  const absl::Status status = Import("列入原因,列入日期\nx,2026-01-02\n").status();
  ASSERT_EQ(ViolationsOf(status).size(), 1u) << status;
  EXPECT_NE(ViolationsOf(status)[0].description.find("LIST-CORE"), std::string::npos);
  // A bare header says nothing; who knows can say it.
  EXPECT_EQ(Take("企业名称,统一社会信用代码,列入原因,列入日期,作出决定机关\n"
                 "丹东甲公司,91210600MAYY000188,1,2026-01-02,某市场局\n",
                 "ABNORMAL-LIST")
                .import.counts.imported,
            1);
}

// An authority may join the registry, or its code become known, between two feeds.
TEST_F(PublicationKinds, AnAuthorityWithoutACodeIsTheOneOfItsName) {
  const auto list = [](const char* uscc, const char* name) {
    return absl::StrCat("名单类型,主体名称,统一社会信用代码,认定单位,认定单位代码,列入日期\n",
                        "统计严重失信企业,丹东甲公司,", kCompany, ",", name, ",", uscc,
                        ",2026-01-02\n");
  };
  EXPECT_EQ(Take(list("", "某统计局")).import.counts.imported, 1);
  EXPECT_EQ(Take(list("11230500001755309F", "某统计局")).import.counts.updated, 1);
  EXPECT_EQ(Take(list("", "某统计局")).import.counts.unchanged, 1) << "nothing is said against it";
  EXPECT_EQ(Take(list("", "另一统计局")).import.counts.imported, 1);
  EXPECT_EQ(Rows("SELECT authority_uscc, version FROM record ORDER BY version", 2),
            (std::vector<std::string>{"|1", "11230500001755309F|2"}));
}

TEST_F(PublicationKinds, EncodingsAreFoundOut) {
  const std::string utf8 = kAbnormal;
  EXPECT_EQ(Take("\xEF\xBB\xBF" + utf8).import.encoding, "UTF-8");
  const ImportReport report = Take(ToGb18030(utf8));
  EXPECT_EQ(report.import.encoding, "GB18030");
  EXPECT_EQ(report.import.counts.unchanged, 3) << "the same text in other bytes";
  // Chinese labels in the header, too.
  EXPECT_EQ(Take(ToGb18030("名单类型,主体名称,统一社会信用代码,认定单位,列入日期\n"
                           "统计严重失信企业,丹东甲公司,91210600MAYY000188,某统计局,2026-01-02\n"))
                .import.counts.imported,
            1);
}

TEST_F(PublicationKinds, ABrokenRowOfAGb18030FileIsNamed) {
  std::string file = ToGb18030(kAbnormal);
  const size_t at = file.find(ToGb18030("丹东乙商行"));
  ASSERT_NE(at, std::string::npos);
  file.replace(at, 1, "\xFF");
  const ImportReport report = Take(file);
  EXPECT_EQ(report.import.encoding, "GB18030");
  EXPECT_EQ(report.import.counts.imported, 2);
  ASSERT_EQ(report.errors.size(), 1u);
  EXPECT_EQ(report.errors[0].line, 3);
  EXPECT_EQ(report.errors[0].field, "ENTNAME");
}

TEST_F(PublicationKinds, OneBadRowDoesNotMakeAUtf8FileAnotherOne) {
  std::string file = kAbnormal;
  const size_t at = file.find("丹东乙商行");
  file.replace(at, 3, "\xB5\xA4");  // 丹 in GBK
  const ImportReport report = Take(file);
  EXPECT_EQ(report.import.encoding, "UTF-8");
  EXPECT_EQ(report.import.counts.imported, 2);
  EXPECT_EQ(report.errors.at(0).line, 3);
}

TEST_F(PublicationKinds, WhatALivePlatformReturns) {
  const std::string row =
      R"({"CF_WSH":"丹交罚〔2025〕1号","CF_XDR_MC":"丹东\"甲\"公司","CF_XDR_LB":"法人及非法人组织",
      "CF_XDR_SHXYM":"91210600MAYY000188","CF_CFLB":"罚款","CF_NR_FK":0.5,"CF_JDRQ":"2025-03-01","CF_CFJG":"丹东市交通运输局",
      "BZ":null,"x":{"rows":[{"a":1}]}})";
  const std::string json = absl::StrCat(R"({"total": 4, "msg": "rows", "rows": [)", row,
                                        ",{\"CF_WSH\":\"第二号\"},{\"CF_WSH\" 3},",
                                        R"({"CF_XDR_LB":"自然人","CF_XDR_MC":"某"}]})");
  const ImportReport report = Take(json);
  EXPECT_EQ(report.import.layout, "SGS-PENALTY-2018");
  EXPECT_EQ(report.import.counts.imported, 1);
  EXPECT_EQ(report.import.counts.out_of_scope, 1);
  EXPECT_EQ(report.import.counts.rejected, 2);
  std::vector<int64_t> lines;
  for (const RowNote& note : report.errors) lines.push_back(note.line);
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  EXPECT_EQ(lines, (std::vector<int64_t>{2, 3})) << "which object, not which line";
  EXPECT_EQ(Rows("SELECT subject_name, fine_fen FROM record", 2),
            std::vector<std::string>{"丹东\"甲\"公司|500000"});
  EXPECT_EQ(Take(absl::StrCat("[", row, "]")).import.counts.unchanged, 1) << "a bare list";
  const ImportReport half = Take(absl::StrCat(R"({"rows": [)", row, ", {\"CF_W"));
  EXPECT_EQ(half.import.counts.unchanged, 1);
  EXPECT_EQ(half.import.counts.rejected, 1) << "half a document is no whole one";
  EXPECT_FALSE(Import(R"({"total": 0, "data": []})").ok());
}

RC_GTEST_PROP(PublicationForms, HowAFileIsCutNeverChangesWhatIsRead, ()) {
  const std::string json =
      R"( {"total":2,"rows":[{"a":"\\\"}]","b":"丹"},{"b":[1,{"c":"]"}],"d":1.5}],"x":"rows"} )";
  const std::string file = *rc::gen::element(json, std::string(kAbnormal), ToGb18030(kAbnormal));
  const auto read = [&](const std::vector<size_t>& cuts) {
    FeedReader reader;
    std::vector<feed::FeedRow> rows;
    size_t from = 0;
    for (const size_t cut : cuts) {
      reader.Feed(absl::string_view(file).substr(from, cut - from), rows);
      from = cut;
    }
    reader.Feed(absl::string_view(file).substr(from), rows);
    reader.Finish(rows);
    std::string shown;
    for (const feed::FeedRow& row : rows) {
      absl::StrAppend(&shown, row.line, "|", absl::StrJoin(row.names, ","), "|",
                      absl::StrJoin(row.fields, ","), "|", row.broken, "\n");
    }
    return shown;
  };
  auto cuts = *rc::gen::container<std::vector<size_t>>(rc::gen::inRange<size_t>(0, file.size()));
  std::sort(cuts.begin(), cuts.end());
  RC_ASSERT(read(cuts) == read({}));
}

TEST_F(PublicationKinds, OneEventAnImport) {
  const ImportReport report = Take(kAbnormal);
  const auto events = EventsOf("imports/");
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].type, "xiufu.publication.records_imported.v1");
  v1::RecordsImported event;
  ASSERT_TRUE(event.ParseFromString(events[0].data));
  EXPECT_EQ(event.rows(), 3);
  EXPECT_EQ(event.imported(), 3);
  EXPECT_EQ(event.layout(), "ABNORMAL-LIST");
}

// Any order of the same rows gives the same records, and again gives nothing.
TEST_F(PublicationKinds, OrderAndRepetitionChangeNothing) {
  std::vector<RowText> rows;
  for (int i = 0; i < 40; ++i) rows.push_back(RowText().Set("CF_WSH", absl::StrCat(i % 30, "号")));
  const char* what = "SELECT document_no, fingerprint, version FROM record ORDER BY document_no";
  Take(FeedOf(rows));
  Take(kAbnormal);
  const auto before = Rows(what, 3);
  std::reverse(rows.begin(), rows.end());
  EXPECT_EQ(Take(kAbnormal).import.counts.unchanged, 3);
  EXPECT_EQ(Take(FeedOf(rows)).import.counts.unchanged, 40);
  EXPECT_EQ(Rows(what, 3), before);
  Open();
  Take(kAbnormal);
  Take(FeedOf(rows));
  EXPECT_EQ(Rows(what, 3), before);
}

// The writer is what makes an import exact when either side dies.
TEST_F(PublicationKinds, AnImportGoesOnBehindItsLastBatchAndItsOldCallMayNot) {
  const ImportFile file{Id::Parse("018f3c1e-0000-7000-8000-000000000001").value(), "f.csv",
                        std::string(32, 'x'), ""};
  const SqlImports imports;
  const SqlRecords records;
  const SqlReports reports;
  const OutboxReportAnnouncer announcer;
  const TakeReport take_report(&records, &reports, &announcer, &FeedLaw::Get().in_force);
  const SqlNotices notices;
  const ImportWriter writer(&records, &notices, &imports, &take_report, &ids_);
  const FeedLaw& law = FeedLaw::Get();
  const auto batch_from = [&](int64_t position) {
    FeedImport feed({&law.catalogue, &law.authorities, &law.layouts, LegalDay(TestNow())}, "",
                    position);
    FeedReader reader;
    std::vector<FeedRow> rows;
    reader.Feed(kAbnormal, rows);
    reader.Finish(rows);
    for (size_t i = 0; i < rows.size() && i < static_cast<size_t>(position) + 3; ++i) {
      EXPECT_TRUE(feed.Take(rows[i]).ok());
    }
    return feed.TakeBatch("UTF-8");
  };
  publication::Import first, second;
  ASSERT_TRUE(Write([&](storage::Tx& tx) {
                first = imports.Begin(tx, ids_.NewV7(TestNow()), file, TestNow());
                first = *writer.Write(tx, first, batch_from(0), TestNow());
                return tx.status();
              }).ok());
  EXPECT_EQ(first.counts.position, 2);
  // Whoever sent it may never come back: what is in the store ends at its midnight all the same.
  absl::Time due = absl::InfiniteFuture();
  ASSERT_TRUE(database_
                  ->Read([&](storage::Session& session) {
                    due = database_->timers().NextDueTime(session);
                    return session.status();
                  })
                  .ok());
  EXPECT_LE(due, StartOfLegalDay(LegalDay(TestNow()) + 1));
  ASSERT_TRUE(Write([&](storage::Tx& tx) {
                second = imports.Begin(tx, ids_.NewV7(TestNow()), file, TestNow());
                return tx.status();
              }).ok());
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.counts.position, 2);
  // The call that it was taken from still has a batch on its way.
  const absl::Status late = Write(
      [&](storage::Tx& tx) { return writer.Write(tx, first, batch_from(2), TestNow()).status(); });
  EXPECT_TRUE(HasReason(late, "IMPORT_TAKEN_OVER")) << late;
  ASSERT_TRUE(Write([&](storage::Tx& tx) {
                second = *writer.Write(tx, second, batch_from(2), TestNow());
                return writer
                    .Finish(tx, second, std::nullopt, OutboxImportAnnouncer(),
                            {second.id, TestNow(), {}, ""})
                    .status();
              }).ok());
  EXPECT_EQ(second.counts.imported, 3);
  EXPECT_EQ(EventsOf("imports/").size(), 1u);
  // What is finished does not go on: the same file again is another import.
  ASSERT_TRUE(Write([&](storage::Tx& tx) {
                EXPECT_NE(imports.Begin(tx, ids_.NewV7(TestNow()), file, TestNow()).id, second.id);
                return tx.status();
              }).ok());
}

TEST_F(PublicationKinds, NamesAreFoundByAnyTwoCharacters) {
  std::vector<RowText> rows;
  for (const char* name :
       {"丹东鸭绿江（测试）有限公司", "丹东绿江鸭业", "OR NEAR \"公司\" AND*", "鸭绿"}) {
    rows.push_back(RowText().Set("CF_XDR_MC", name).Set("CF_WSH", name));
  }
  std::string csv = absl::StrJoin(rows.front().Codes(), ",");
  for (const RowText& row : rows) {
    absl::StrAppend(
        &csv, "\n",
        absl::StrJoin(row.Fields(), ",", [](std::string* out, const std::string& field) {
          absl::StrAppend(out, "\"", absl::StrReplaceAll(field, {{"\"", "\"\""}}), "\"");
        }));
  }
  ASSERT_EQ(Take(csv).import.counts.imported, 4);
  using Names = std::vector<std::string>;
  EXPECT_EQ(NamesFound("鸭绿"), (Names{"丹东鸭绿江（测试）有限公司", "鸭绿"}));
  EXPECT_EQ(NamesFound("绿江鸭"), Names{"丹东绿江鸭业"}) << "in this order, not its pairs alone";
  EXPECT_EQ(NamesFound("(测 试)"), Names{"丹东鸭绿江（测试）有限公司"})
      << "brackets of either width";
  EXPECT_EQ(NamesFound("near \"公"), Names{"OR NEAR \"公司\" AND*"}) << "nothing is an operator";
  EXPECT_EQ(NamesFound("*\" OR"), Names{});
  EXPECT_EQ(NamesFound("丹东", 1).size(), 2u) << "page by page";
}

TEST_F(PublicationKinds, NamesOfAStoreFromBeforeAreTakenIn) {
  Take(FeedOf({RowText().Set("CF_XDR_MC", "丹东旧名公司")}));
  ASSERT_TRUE(Write([](storage::Tx& tx) {
                tx.Run("INSERT INTO subject_pending SELECT uscc, name FROM subject");
                tx.Run("DELETE FROM subject");
                tx.Run("INSERT INTO subject_grams (subject_grams) VALUES ('delete-all')");
                return tx.status();
              }).ok());
  EXPECT_TRUE(NamesFound("旧名").empty());
  ASSERT_TRUE(IndexPendingNames(*database_).ok());
  EXPECT_EQ(NamesFound("旧名"), std::vector<std::string>{"丹东旧名公司"});
}

}  // namespace
}  // namespace xiufu::publication
