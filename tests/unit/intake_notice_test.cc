// The one-time notice: what it says of records, and its letter and forms as a reader sees them.
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "services/intake/drivers/letter_words.h"
#include "services/intake/drivers/letters.h"
#include "tests/unit/intake_fixture.h"
#include "tests/unit/letter_pdf.h"

namespace xiufu::intake {
namespace {

constexpr absl::CivilDay kNoticeDay(2026, 11, 24);
constexpr char kLink[] = "https://www.creditchina.gov.cn";

RecordSnapshot PenaltyOf(uint8_t n, const char* code, const char* authority, const char* kind,
                         absl::CivilDay decided) {
  RecordSnapshot record = PublishedRecord(n);
  record.authority = {code, authority, ""};
  record.document_no = absl::StrCat("丹罚决字〔2026〕第", n, "号");
  record.words.determined_on = decided;
  record.words.kinds = {kind};
  return record;
}

RecordSnapshot Minor(uint8_t n) {
  return PenaltyOf(n, "transport", "丹东市交通运输局", "警告", absl::CivilDay(2026, 11, 1));
}
RecordSnapshot OfMarketRegulation(uint8_t n) {
  return PenaltyOf(n, "", "丹东市市场监督管理局", "没收违法所得", absl::CivilDay(2026, 6, 1));
}
RecordSnapshot Serious(uint8_t n) {
  return PenaltyOf(n, "environment", "丹东市生态环境局", "责令停产停业",
                   absl::CivilDay(2026, 9, 1));
}
// No threshold is loaded for its fine.
RecordSnapshot Pending(uint8_t n) {
  RecordSnapshot record =
      PenaltyOf(n, "emergency", "丹东市应急管理局", "罚款", absl::CivilDay(2026, 6, 1));
  record.words.fine_fen = 2'000'000;
  return record;
}
RecordSnapshot Over(uint8_t n) {
  return PenaltyOf(n, "transport", "丹东市交通运输局", "警告", absl::CivilDay(2026, 5, 1));
}

Notice NoticeOf(const std::vector<RecordSnapshot>& records,
                const std::string& uscc = std::string(kSubject)) {
  absl::StatusOr<Notice> notice =
      ComposeNotice(ShippedLaw().law().Now(), uscc, records, kNoticeDay);
  EXPECT_TRUE(notice.ok()) << notice.status();
  return *notice;
}

const NoticeMaterial* FindIn(const std::vector<NoticeMaterial>& materials, const char* kind) {
  const NoticeMaterial* found = nullptr;
  for (const NoticeMaterial& material : materials) {
    if (material.kind != kind) continue;
    EXPECT_EQ(found, nullptr) << kind << " twice";
    found = &material;
  }
  return found;
}

std::vector<size_t> RecordsThatNeed(const NoticeMaterial& material) {
  std::vector<size_t> records;
  for (const MaterialNeed& need : material.needed_by) records.push_back(need.record);
  return records;
}

TEST(Notice, EachPaperIsNamedOnceWithTheRecordsThatNeedItAndWhy) {
  const Notice notice = NoticeOf({Minor(1), OfMarketRegulation(2), Serious(3)});
  ASSERT_EQ(notice.asked.size(), 3u);
  const NoticeMaterial& commitment = *FindIn(notice.asked, "M2");
  EXPECT_EQ(RecordsThatNeed(commitment), (std::vector<size_t>{0, 1, 2}));
  EXPECT_EQ(commitment.name, "信用承诺书");
  EXPECT_EQ(commitment.needed_by[0].name, "信用承诺书");
  EXPECT_EQ(commitment.needed_by[1].name, "守信承诺书");
  EXPECT_EQ(commitment.needed_by[0].rule_id, "N36-MIN");
  EXPECT_TRUE(absl::StrContains(commitment.needed_by[0].source, "令第36号"));
  EXPECT_TRUE(absl::StrContains(commitment.needed_by[1].source, "令第107号"));
  ASSERT_EQ(commitment.needed_by[0].proves.size(), 1u);
  EXPECT_TRUE(absl::StrContains(commitment.needed_by[0].proves[0].zh, "公开作出信用承诺"));
  EXPECT_EQ(RecordsThatNeed(*FindIn(notice.asked, "M3")), (std::vector<size_t>{0, 1, 2}));
  const NoticeMaterial& form = *FindIn(notice.asked, "M1");
  EXPECT_EQ(RecordsThatNeed(form), (std::vector<size_t>{1}));
  EXPECT_TRUE(form.needed_by[0].proves.empty());
}

TEST(Notice, WhatTheAuthorityHasIsNotAskedFor) {
  // The transport's rule with one more paper, which the registry has.
  TempFolder folder("deploy/catalogue");
  folder.Replace("regime-ndrc-36.toml", "materials = [\"M2\", \"M3\"]",
                 "materials = [\"M2\", \"M3\", \"M4\"]");
  const catalogue::Catalogue changed = *catalogue::Catalogue::Load(folder.path());
  Law law = ShippedLaw().law().Now();
  law.catalogue = &changed;
  const Notice notice = *ComposeNotice(law, kSubject, {Minor(1), Minor(2)}, kNoticeDay);
  EXPECT_EQ(FindIn(notice.asked, "M4"), nullptr);
  ASSERT_EQ(notice.fetched.size(), 1u);
  EXPECT_EQ(notice.fetched[0].name, "登记证照");
  EXPECT_EQ(RecordsThatNeed(notice.fetched[0]), (std::vector<size_t>{0, 1}));
  Letters letters(&ShippedLaw().messages, kLink);
  EXPECT_TRUE(absl::StrContains(PdfReader(letters.Print(notice)->content).Words(),
                                "不要求你单位提交：登记证照（第1、2条）"));
}

// An authority's own number stands before that of everybody; without one there is 12345 alone.
TEST(Notice, AnAuthoritysOwnNumberIsGivenOnce) {
  ASSERT_EQ(NoticeOf({Minor(1)}).hotlines.size(), 1u);
  EXPECT_EQ(NoticeOf({Minor(1)}).hotlines[0].number, "12345");
  TempFolder folder("deploy/authorities");
  folder.Replace("transport.toml", "level = ", "hotline = \"0415-12328\"\nlevel = ");
  const auto authorities = *catalogue::AuthorityRegistry::Load(folder.path());
  Law law = ShippedLaw().law().Now();
  law.authorities = &authorities;
  const Notice notice = *ComposeNotice(law, kSubject, {Minor(1), Minor(2)}, kNoticeDay);
  ASSERT_EQ(notice.hotlines.size(), 2u);
  EXPECT_EQ(notice.hotlines[0].number, "0415-12328");
  EXPECT_EQ(notice.hotlines[0].name, "丹东市交通运输局");
  Letters letters(&ShippedLaw().messages, kLink);
  const std::string words = PdfReader(letters.Print(notice)->content).Words();
  EXPECT_TRUE(absl::StrContains(words, "0415-12328")) << words;
  EXPECT_TRUE(absl::StrContains(words, "12345"));
}

TEST(Notice, DatesVerdictsAndProcedureOfEachRecord) {
  const Notice notice = NoticeOf({Minor(1), Serious(2), Pending(3), Over(4)});
  const Eligibility& minor = notice.records[0].eligibility;
  EXPECT_EQ(minor.verdict, catalogue::Verdict::kEligible);
  EXPECT_EQ(minor.earliest, absl::CivilDay(2026, 11, 1));
  EXPECT_EQ(minor.publicity_end, absl::CivilDay(2027, 2, 1));
  EXPECT_EQ(notice.records[0].rule->result_word, "终止公示");
  EXPECT_EQ(notice.records[0].rule->deadlines.size(), 5u);
  EXPECT_EQ(notice.records[1].eligibility.verdict, catalogue::Verdict::kNotYet);
  EXPECT_EQ(notice.records[1].eligibility.earliest, absl::CivilDay(2027, 9, 2));
  EXPECT_EQ(notice.records[2].eligibility.verdict, catalogue::Verdict::kNeedsPerson);
  EXPECT_EQ(notice.records[3].eligibility.verdict, catalogue::Verdict::kNotRepairable);
  // Nothing is asked for where there is nothing to apply for.
  EXPECT_EQ(RecordsThatNeed(*FindIn(notice.asked, "M2")), (std::vector<size_t>{0, 1, 2}));
  EXPECT_FALSE(notice.records[3].application.has_value());
}

TEST(Notice, TheWindowIsThatOfTheSubjectsRegionAndTheCitys) {
  const auto regions = [](const std::string& uscc) {
    RecordSnapshot record = Minor(1);
    record.subject_uscc = uscc;
    std::vector<std::string> found;
    for (const NoticeWindow& window : NoticeOf({record}, uscc).windows) {
      found.push_back(window.window.region);
    }
    return found;
  };
  EXPECT_EQ(regions("91210681MAYY000188"), (std::vector<std::string>{"210600", "210681"}));
  EXPECT_EQ(regions(kSubject).size(), 7u);              // registered with the city
  EXPECT_EQ(regions("91110000MAYY000188").size(), 7u);  // and elsewhere
}

TEST(Notice, RecordsOfAnotherSubjectAreRefused) {
  RecordSnapshot foreign = Minor(2);
  foreign.subject_uscc = kOtherSubject;
  const absl::Status status =
      ComposeNotice(ShippedLaw().law().Now(), kSubject, {Minor(1), foreign}, kNoticeDay).status();
  EXPECT_TRUE(HasReason(status, "RECORD_OF_ANOTHER_SUBJECT")) << status;
  ASSERT_EQ(ViolationsOf(status).size(), 1u);
  EXPECT_EQ(ViolationsOf(status)[0].field, "records[1]");
}

TEST(Notice, FiftyRecordsAreTakenAndNoMore) {
  std::vector<RecordSnapshot> records;
  for (uint8_t n = 1; n <= 50; ++n) records.push_back(n % 2 == 0 ? Minor(n) : Serious(n));
  const Notice notice = NoticeOf(records);
  EXPECT_EQ(notice.asked.size(), 2u);
  EXPECT_EQ(FindIn(notice.asked, "M2")->needed_by.size(), 50u);
  records.push_back(Minor(51));
  for (const auto& wrong : {records, std::vector<RecordSnapshot>{}}) {
    const absl::Status status =
        ComposeNotice(ShippedLaw().law().Now(), kSubject, wrong, kNoticeDay).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(ViolationsOf(status)[0].field, "records");
  }
}

class LetterTest : public ::testing::Test {
 protected:
  std::string Print(const Notice& notice) {
    absl::StatusOr<PrintedLetter> letter = letters_.Print(notice);
    EXPECT_TRUE(letter.ok()) << letter.status();
    return letter->content;
  }
  std::string PrintForm(const Notice& notice, catalogue::FormKind kind) {
    absl::StatusOr<PrintedLetter> letter = letters_.PrintForm(notice, kind);
    EXPECT_TRUE(letter.ok()) << letter.status();
    return letter->content;
  }
  static void Expect(const PdfReader& reader, const std::vector<const char*>& texts) {
    const std::string words = reader.Words();
    for (const char* text : texts) EXPECT_TRUE(absl::StrContains(words, text)) << text;
    // A key that the message catalogue lacks would be printed as it is.
    for (const char* key : {"NOTICE_", "FORM_", "LETTER_", "CONFIDENCE_", "{", "}"}) {
      EXPECT_FALSE(absl::StrContains(words, key)) << key << " in\n" << words;
    }
  }

  Letters letters_{&ShippedLaw().messages, kLink};
};

RecordSnapshot Listed(uint8_t n, catalogue::MatterKind matter, const char* code,
                      const char* authority, const char* list) {
  RecordSnapshot record = PenaltyOf(n, code, authority, "", absl::CivilDay(2026, 10, 1));
  record.words.kinds.clear();
  record.words.violation.clear();
  record.document_no.clear();
  record.words.matter = matter;
  record.words.list_name = list;
  return record;
}

TEST_F(LetterTest, EntriesOfListsAreToldInTheirOwnWords) {
  RecordSnapshot mark = Listed(1, catalogue::MatterKind::kAbnormalMark, "market-regulation",
                               "丹东市市场监督管理局", "经营异常状态");
  mark.words.ground = "未按照规定报送年度报告";
  const RecordSnapshot court = Listed(2, catalogue::MatterKind::kSeriousList, "court",
                                      "丹东市中级人民法院", "失信被执行人名单");
  const Notice notice = NoticeOf({mark, court});
  EXPECT_EQ(notice.records[0].result_word.zh, "恢复正常记载");
  EXPECT_EQ(notice.records[1].result_word.zh, "删除");
  EXPECT_TRUE(notice.records[0].application.has_value());
  EXPECT_FALSE(notice.records[1].commitment.has_value());
  EXPECT_NE(FindIn(notice.asked, "M12"), nullptr);
  const NoticeMaterial* report = FindIn(notice.fetched, "M6");
  ASSERT_NE(report, nullptr);
  EXPECT_EQ(RecordsThatNeed(*report), (std::vector<size_t>{0}));
  Expect(PdfReader(Print(notice)),
         {"列入经营异常状态（未按照规定报送年度报告）", "列入失信被执行人名单", "第1条经营异常状态",
          "恢复正常记载", "执行法院", "不要求你单位提交：年度报告"});
}

TEST_F(LetterTest, TheNoticeSaysEverything) {
  const PdfReader reader(
      Print(NoticeOf({Minor(1), OfMarketRegulation(2), Serious(3), Pending(4), Over(5)})));
  Expect(reader, {"信用修复一次性告知书",
                  "丹东测试有限公司",
                  "91210600MAYY000188",
                  "2026年11月24日",
                  "丹罚决字〔2026〕第1号",
                  "可以申请",
                  "2026-11-01",
                  "2027-02-01",
                  "尚未到期",
                  "2027-09-02",
                  "由认定单位判断",
                  "无需或不能申请",
                  "第2条用《守信承诺书》",
                  "国家企业信用信息公示系统（辽宁）",
                  "自受理起7个工作日内",
                  "〔待核实〕",
                  "终止公示、停止共享和使用、解除惩戒措施",
                  "以当地公布为准",
                  "12345",
                  "全程免费",
                  "代办",
                  "罚款金额20000.00元",
                  "N36-MIN",
                  "第1页",
                  "尚未到期的1条"});
  EXPECT_EQ(reader.QrText(), absl::StrCat(kLink, "\n"));
  EXPECT_FALSE(absl::StrContains(reader.Fonts(), " no ")) << reader.Fonts();
}

TEST_F(LetterTest, FiftyRecordsFitOnPagesAndInOneMessage) {
  std::vector<RecordSnapshot> records;
  for (uint8_t n = 1; n <= 50; ++n) {
    records.push_back(n % 3 == 0 ? OfMarketRegulation(n) : n % 3 == 1 ? Minor(n) : Serious(n));
  }
  const std::string pdf = Print(NoticeOf(records));
  EXPECT_LT(pdf.size(), 1u << 20);
  const PdfReader reader(pdf);
  EXPECT_GT(reader.Pages(), 5);
  EXPECT_LT(reader.Pages(), 25);
  for (int n = 1; n <= 50; ++n) {
    EXPECT_TRUE(absl::StrContains(reader.Words(), absl::StrCat("第", n, "条丹罚决字"))) << n;
  }
}

TEST_F(LetterTest, TheSameNoticeGivesTheSameBytes) {
  const Notice notice = NoticeOf({Minor(1), Serious(2)});
  Letters others(&ShippedLaw().messages, kLink);
  EXPECT_EQ(others.Print(notice)->sha256, letters_.Print(notice)->sha256);
  for (auto kind : {catalogue::FormKind::kApplication, catalogue::FormKind::kCommitment}) {
    EXPECT_EQ(others.PrintForm(notice, kind)->sha256, letters_.PrintForm(notice, kind)->sha256);
  }
  Notice later = notice;
  later.on = kNoticeDay + 1;
  EXPECT_NE(letters_.Print(later)->sha256, letters_.Print(notice)->sha256);
}

TEST_F(LetterTest, ACommitmentForEachNameOnPagesOfItsOwn) {
  const Notice notice = NoticeOf({Minor(1), OfMarketRegulation(2), Serious(3)});
  const PdfReader reader(PrintForm(notice, catalogue::FormKind::kCommitment));
  ASSERT_EQ(reader.Pages(), 2);
  Expect(reader, {"信用承诺书", "守信承诺书", "丹东市交通运输局、丹东市生态环境局：",
                  "丹东市市场监督管理局：", "承诺单位（盖章）：", "法定代表人（签字）："});
  EXPECT_TRUE(absl::StrContains(reader.Text(1), "第3号"));
  EXPECT_FALSE(absl::StrContains(reader.Text(1), "第2号"));
  EXPECT_TRUE(absl::StrContains(reader.Text(2), "第2号"));
}

TEST_F(LetterTest, AnApplicationFormHasWhatIsKnownAndBlanksForTheRest) {
  const PdfReader reader(PrintForm(NoticeOf({Minor(1)}), catalogue::FormKind::kApplication));
  Expect(reader, {"信用修复申请表", "丹东测试有限公司", "91210600MAYY000188",
                  "丹罚决字〔2026〕第1号", "丹东市交通运输局", "2026-11-01", "经办人",
                  "□信用承诺书", "申请单位（盖章）：", "收件人"});
}

TEST_F(LetterTest, AFormThatNoRecordAsksForIsRefused) {
  const absl::Status status =
      letters_.PrintForm(NoticeOf({Over(1)}), catalogue::FormKind::kCommitment).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  ASSERT_EQ(ViolationsOf(status).size(), 1u);
  EXPECT_EQ(ViolationsOf(status)[0].field, "kind");
}

TEST_F(LetterTest, WithoutFontsTheErrorNamesThePackage) {
  Letters letters(&ShippedLaw().messages, kLink, "/nonexistent");
  const absl::Status status = letters.Print(NoticeOf({Minor(1)})).status();
  EXPECT_TRUE(absl::StrContains(status.message(), "fonts-noto-cjk")) << status;
}

TEST(LetterWordsTest, NumbersOfRecordsAreToldAsRanges) {
  const LetterWords words(&ShippedLaw().messages);
  EXPECT_EQ(words.Numbers({0}), "第1条");
  EXPECT_EQ(words.Numbers({0, 1}), "第1、2条");
  EXPECT_EQ(words.Numbers({0, 1, 2, 5, 7, 8, 9}), "第1—3、6、8—10条");
}

TEST(LetterWordsTest, EveryTextOfALetterIsThere) {
  EXPECT_TRUE(CheckLetterMessages(ShippedLaw().messages).ok());
  EXPECT_EQ(CheckLetterMessages(catalogue::Messages()).code(),
            absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace xiufu::intake
