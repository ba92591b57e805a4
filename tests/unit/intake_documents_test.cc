// An application on paper: which documents there are in which state, and what they say.
#include <gtest/gtest.h>

#include <cstdlib>

#include "absl/strings/match.h"
#include "services/intake/drivers/document_letter.h"
#include "services/intake/drivers/letters.h"
#include "tests/unit/intake_case_events.h"
#include "tests/unit/letter_pdf.h"

namespace xiufu::intake {
namespace {

class DocumentsTest : public CaseEventsTest {
 protected:
  absl::StatusOr<FoundDocument> Find(const ApplicationView& view, DocumentKind kind,
                                     uint8_t case_no = 0, const std::string& code = "",
                                     int ordinal = 0) {
    return intake().documents.Find(call_,
                                   {ApplicationName(view.application.id), code,
                                    case_no == 0 ? "" : CaseName(TestId(case_no)), ordinal},
                                   kind);
  }
  std::string Print(const FoundDocument& found) {
    const absl::StatusOr<PrintedLetter> letter = letters_.Print(found, results_, link_);
    EXPECT_TRUE(letter.ok()) << letter.status();
    EXPECT_EQ(letter->content, letters_.Print(found, results_, link_)->content);
    return letter->content;
  }
  std::string Words(const ApplicationView& view, DocumentKind kind, uint8_t case_no = 0,
                    const std::string& code = "", int ordinal = 0) {
    const absl::StatusOr<FoundDocument> found = Find(view, kind, case_no, code, ordinal);
    if (!found.ok()) return found.status().ToString();
    const PdfReader pdf(Print(*found));
    EXPECT_EQ(pdf.Outside(), "");
    return pdf.Words();
  }
  static void Due(routing::v1::CaseChanged& event, const char* kind, const char* date) {
    routing::v1::Deadline& deadline = *event.add_deadlines();
    deadline.set_kind(kind);
    deadline.set_due_date(date);
  }
  absl::Status TakeChange(const routing::v1::CaseChanged& event) {
    return Take("xiufu.routing.case_changed.v1", event);
  }
  std::vector<DocumentKind> Kinds(const ApplicationView& view) {
    std::vector<DocumentKind> kinds;
    const auto all =
        *intake().documents.List(call_, {ApplicationName(view.application.id), "", ""});
    for (const DocumentBasis& one : all) kinds.push_back(one.kind);
    return kinds;
  }

  Letters letters_{&ShippedLaw().messages, "https://www.creditchina.gov.cn"};
  ResultWordsByCase results_;
  std::string link_;
};

bool Says(const std::string& words, absl::string_view text) {
  return absl::StrContains(words, text);
}

TEST(DocumentWords, AreAllThere) {
  EXPECT_TRUE(CheckDocumentMessages(ShippedLaw().messages).ok())
      << CheckDocumentMessages(ShippedLaw().messages);
}

TEST_F(DocumentsTest, TheReceiptShowsTheQueryCodeToWhoKnowsIt) {
  const ApplicationView draft = Draft({1, 2});
  const absl::Status none = Find(draft, DocumentKind::kReceipt).status();
  EXPECT_TRUE(HasReason(none, "DOCUMENT_NOT_THERE")) << none;
  const ApplicationView view = Submitted({3, 4});
  const std::string number = view.application.number;
  const std::string code = view.application.query_code;
  const std::string hidden = Words(view, DocumentKind::kReceipt);
  EXPECT_TRUE(Says(hidden, number));
  EXPECT_FALSE(Says(hidden, code)) << "the principal did not show it";
  EXPECT_TRUE(Says(hidden, "收件不等于受理"));
  const FoundDocument found = *Find(view, DocumentKind::kReceipt, 0, code);
  const PdfReader shown(Print(found));
  EXPECT_TRUE(Says(shown.Words(), code));
  EXPECT_EQ(shown.QrText(), absl::StrCat(number, " ", code, "\n"));
  link_ = "https://example.gov.cn/p?n={number}&c={code}";
  EXPECT_EQ(PdfReader(Print(found)).QrText(),
            absl::StrCat("https://example.gov.cn/p?n=", number, "&c=", code, "\n"));
  EXPECT_TRUE(HasReason(Find(view, DocumentKind::kReceipt, 0, "22222222").status(),
                        "APPLICATION_NOT_FOUND"));
  const Call stranger{"window", ""};
  const DocumentInquiry inquiry{ApplicationName(view.application.id), "", ""};
  EXPECT_TRUE(HasReason(intake().documents.Find(stranger, inquiry, DocumentKind::kReceipt).status(),
                        "APPLICATION_NOT_FOUND"));
}

TEST_F(DocumentsTest, ThePackageForAnotherSystemSaysWhereHowAndWithWhat) {
  const ApplicationView view = Submitted({1});
  const Id& id = view.application.id;
  ASSERT_TRUE(Open(id, 101, 1).ok());
  EXPECT_TRUE(HasReason(Find(view, DocumentKind::kPackage, 101).status(), "DOCUMENT_NOT_THERE"));
  routing::v1::CaseChanged event = Change(id, 101, 2, common::v1::CASE_STATE_WITH_UPSTREAM);
  event.set_handling("RELAYED");
  event.add_reasons("信用中国网站");
  ASSERT_TRUE(TakeChange(event).ok());
  results_[TestId(101)].door = "CREDIT_CHINA";
  results_[TestId(101)].papers = {{"M2", "信用承诺书"}};
  const FoundDocument found = *Find(view, DocumentKind::kPackage, 101);
  const PdfReader pdf(Print(found));
  EXPECT_EQ(pdf.Outside(), "");
  for (const char* text : {"信用中国网站", "怎样申报", "王小明", "信用承诺书", "M3", kSubject}) {
    EXPECT_TRUE(Says(pdf.Words(), text)) << text;
  }
  EXPECT_EQ(pdf.QrText(), "https://www.creditchina.gov.cn\n");
  EXPECT_EQ(Codes(id).back(), "CASE_RELAYED");
  event.set_version(3);
  event.set_upstream_step("FILED");
  event.set_authority_no("XYZG-7");
  ASSERT_TRUE(TakeChange(event).ok());
  EXPECT_EQ(Codes(id).back(), "CASE_FILED_UPSTREAM");
}

TEST_F(DocumentsTest, NoticesOnTheWayStayWhenTheCaseGoesOn) {
  const ApplicationView view = Submitted({1});
  const Id& id = view.application.id;
  ASSERT_TRUE(Open(id, 101, 1).ok());
  const absl::Status early = Find(view, DocumentKind::kAcceptance, 101).status();
  EXPECT_TRUE(HasReason(early, "DOCUMENT_NOT_THERE")) << early;
  EXPECT_EQ(ReasonOf(early)->metadata[1].second, "RECEIVED");
  routing::v1::CaseChanged event = Change(id, 101, 2, common::v1::CASE_STATE_ACCEPTED);
  event.set_authority_no("丹交受〔2026〕8号");
  Due(event, "DECIDE", "2026-06-24");
  ASSERT_TRUE(TakeChange(event).ok());
  event = Change(id, 101, 3, common::v1::CASE_STATE_SUPPLEMENT_REQUESTED);
  event.set_round(1);
  event.add_defects("承诺书未加盖公章");
  event.add_defects("缺少罚款缴纳凭证");
  Due(event, "SUPPLEMENT", "2026-06-30");
  ASSERT_TRUE(TakeChange(event).ok());
  ASSERT_TRUE(TakeChange(Change(id, 101, 4, common::v1::CASE_STATE_ACCEPTED)).ok());
  event = Change(id, 101, 5, common::v1::CASE_STATE_EXTENDED);
  event.add_reasons("需要实地核查");
  Due(event, "EXTEND", "2026-07-08");
  ASSERT_TRUE(TakeChange(event).ok());

  const std::string accepted = Words(view, DocumentKind::kAcceptance, 101);
  EXPECT_TRUE(Says(accepted, "丹交受〔2026〕8号")) << accepted;
  EXPECT_TRUE(Says(accepted, "最迟2026-06-24作出决定"));
  EXPECT_TRUE(Says(accepted, "不是该单位出具的文书"));
  const std::string supplement = Words(view, DocumentKind::kSupplement, 101);
  EXPECT_TRUE(Says(supplement, "1．承诺书未加盖公章2．缺少罚款缴纳凭证")) << supplement;
  EXPECT_TRUE(Says(supplement, "2026-06-30前一次补齐"));
  const std::string longer = Words(view, DocumentKind::kExtension, 101);
  EXPECT_TRUE(Says(longer, "需要实地核查")) << longer;
  EXPECT_TRUE(Says(longer, "最迟2026-07-08"));
  EXPECT_EQ(Kinds(view),
            (std::vector<DocumentKind>{DocumentKind::kReceipt, DocumentKind::kAcceptance,
                                       DocumentKind::kSupplement, DocumentKind::kExtension}));
  const absl::Status open = Find(view, DocumentKind::kConclusion).status();
  EXPECT_TRUE(HasReason(open, "CASES_STILL_OPEN")) << open;
  EXPECT_TRUE(HasReason(Find(view, DocumentKind::kDecision, 102).status(), "CASE_NOT_FOUND"));
  EXPECT_EQ(ViolationsOf(Find(view, DocumentKind::kReceipt, 101).status())[0].field, "case_name");
  EXPECT_EQ(ViolationsOf(Find(view, DocumentKind::kDecision).status())[0].field, "case_name");
}

TEST_F(DocumentsTest, EveryNoticeOfAKindIsAPaperOfItsOwn) {
  const ApplicationView view = Submitted({1});
  const Id& id = view.application.id;
  ASSERT_TRUE(Open(id, 101, 1).ok());
  int version = 1;
  const auto ask = [&](int round, const char* defect) {
    routing::v1::CaseChanged event =
        Change(id, 101, ++version, common::v1::CASE_STATE_SUPPLEMENT_REQUESTED);
    event.set_round(round);
    event.add_defects(defect);
    return TakeChange(event).ok();
  };
  const auto accept = [&](const char* no) {
    routing::v1::CaseChanged event = Change(id, 101, ++version, common::v1::CASE_STATE_ACCEPTED);
    event.set_authority_no(no);
    return TakeChange(event).ok();
  };
  ASSERT_TRUE(accept("丹交受1号") && ask(1, "缺少罚款缴纳凭证") && accept("丹交受2号") &&
              ask(2, "承诺书未加盖公章"));
  const DocumentKind kind = DocumentKind::kSupplement;
  EXPECT_TRUE(Says(Words(view, kind, 101), "承诺书未加盖公章")) << "the latest";
  const std::string first = Words(view, kind, 101, "", 1);
  EXPECT_TRUE(Says(first, "缺少罚款缴纳凭证")) << first;
  EXPECT_FALSE(Says(first, "第1次"));
  const std::string second = Words(view, kind, 101, "", 2);
  EXPECT_TRUE(Says(second, "承诺书未加盖公章")) << second;
  EXPECT_TRUE(Says(second, "第2次"));
  EXPECT_TRUE(HasReason(Find(view, kind, 101, "", 3).status(), "DOCUMENT_NOT_THERE"));
  EXPECT_EQ(ViolationsOf(Find(view, kind, 101, "", -1).status())[0].field, "ordinal");
  EXPECT_TRUE(Says(Words(view, DocumentKind::kAcceptance, 101, "", 1), "丹交受1号"));
  std::vector<int> ordinals;
  for (const DocumentBasis& one : *intake().documents.List(call_, {ApplicationName(id), "", ""})) {
    if (one.kind == kind) ordinals.push_back(one.ordinal);
  }
  EXPECT_EQ(ordinals, (std::vector<int>{1, 2}));
}

TEST_F(DocumentsTest, TheDecisionTellsWhatWasDecidedAndWhatOneCanDo) {
  const ApplicationView view = Submitted({1, 2});
  const Id& id = view.application.id;
  for (uint8_t n : {1, 2}) ASSERT_TRUE(Open(id, static_cast<uint8_t>(100 + n), n).ok());
  ASSERT_TRUE(Conclude(id, 101, common::v1::CASE_RESULT_APPROVED).ok());
  routing::v1::CaseChanged event = Change(id, 102, 2, common::v1::CASE_STATE_CONCLUDED);
  event.set_result(common::v1::CASE_RESULT_REFUSED);
  event.set_decision_no("丹交修〔2026〕2号");
  event.add_reasons(std::string(3000, 'x') + "履行义务不完整");
  event.set_remedies("收到之日起六十日内申请行政复议");
  ASSERT_TRUE(TakeChange(event).ok());
  results_[TestId(101)] = {"终止公示", {"终止公示", "停止共享和使用"}};
  const std::string approved = Words(view, DocumentKind::kDecision, 101);
  EXPECT_TRUE(Says(approved, "决定准予信用修复")) << approved;
  EXPECT_TRUE(Says(approved, "丹交修〔2026〕1号"));
  EXPECT_TRUE(Says(approved, "终止公示、停止共享和使用"));
  const std::string refused = Words(view, DocumentKind::kDecision, 102);
  EXPECT_TRUE(Says(refused, "决定不予信用修复")) << refused;
  EXPECT_TRUE(Says(refused, "履行义务不完整"));
  EXPECT_TRUE(Says(refused, "六十日内申请行政复议"));
  EXPECT_TRUE(
      HasReason(Find(view, DocumentKind::kNonAcceptance, 101).status(), "DOCUMENT_NOT_THERE"));
}

TEST_F(DocumentsTest, TheOtherEndsHaveTheirPapers) {
  const ApplicationView view = Submitted({1, 2, 3});
  const Id& id = view.application.id;
  for (uint8_t n : {1, 2, 3}) ASSERT_TRUE(Open(id, static_cast<uint8_t>(100 + n), n).ok());
  routing::v1::CaseChanged event = Change(id, 101, 2, common::v1::CASE_STATE_NOT_ACCEPTED);
  event.add_reasons("公示期限未满");
  event.set_remedies("行政复议");
  ASSERT_TRUE(TakeChange(event).ok());
  ASSERT_TRUE(TakeChange(Change(id, 102, 2, common::v1::CASE_STATE_WITHDRAWN)).ok());
  event = Change(id, 103, 2, common::v1::CASE_STATE_CLOSED_NO_SUPPLEMENT);
  Due(event, "SUPPLEMENT", "2026-06-30");
  ASSERT_TRUE(TakeChange(event).ok());
  const std::string refused = Words(view, DocumentKind::kNonAcceptance, 101);
  EXPECT_TRUE(Says(refused, "决定不予受理") && Says(refused, "公示期限未满")) << refused;
  EXPECT_TRUE(Says(Words(view, DocumentKind::kWithdrawal, 102), "撤回，不再办理"));
  EXPECT_TRUE(
      Says(Words(view, DocumentKind::kClosedNoSupplement, 103), "在补正期限（2026-06-30）内"));
  const std::string all = Words(view, DocumentKind::kConclusion);
  EXPECT_TRUE(Says(all, "不予受理1件、逾期未补正办结1件、已撤回1件")) << all;
  EXPECT_TRUE(Says(all, "第1件"));
  EXPECT_TRUE(Says(all, "公示期限未满"));
}

TEST_F(DocumentsTest, FiftyRecordsOfSixteenAuthoritiesAreJoinedInOneLetter) {
  const auto authorities = ShippedLaw().in_force.Get()->authorities.all();
  std::vector<uint8_t> numbers;
  for (uint8_t n = 1; n <= 50; ++n) {
    records_.records[TestId(n)] = PublishedRecord(n);
    numbers.push_back(n);
  }
  const ApplicationView view = Submitted(numbers);
  const Id& id = view.application.id;
  for (uint8_t n : numbers) {
    const auto case_no = static_cast<uint8_t>(100 + n);
    routing::v1::CaseOpened opened;
    opened.set_case_id(std::string(TestId(case_no).bytes()));
    opened.set_application(std::string(id.bytes()));
    opened.set_record(std::string(TestId(n).bytes()));
    opened.mutable_authority()->set_name(authorities[n % authorities.size()].name);
    Stamp(opened.mutable_opened_at());
    ASSERT_TRUE(Take("xiufu.routing.case_opened.v1", opened).ok());
    if (n == 50) {
      EXPECT_EQ(ReasonOf(Find(view, DocumentKind::kConclusion).status())->metadata[0].second, "1");
    }
    if (n % 5 != 0) {
      ASSERT_TRUE(Conclude(id, case_no, common::v1::CASE_RESULT_APPROVED).ok());
      if (n % 2 == 0) ASSERT_TRUE(CloseLoop(id, case_no).ok());
      results_[TestId(case_no)] = {"终止公示", {}};
      continue;
    }
    routing::v1::CaseChanged event = Change(id, case_no, 2, common::v1::CASE_STATE_CONCLUDED);
    event.set_result(common::v1::CASE_RESULT_REFUSED);
    event.set_decision_no(absl::StrCat("丹修决字〔2026〕第", n, "号"));
    for (int i = 0; i < 40; ++i) event.add_reasons("未按照责令改正通知书的要求在规定期限内改正");
    event.set_remedies("自收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼");
    ASSERT_TRUE(TakeChange(event).ok());
  }
  const FoundDocument found = *Find(view, DocumentKind::kConclusion);
  const PdfReader pdf(Print(found));
  const std::string words = pdf.Words();
  EXPECT_EQ(pdf.Outside(), "");
  EXPECT_TRUE(Says(words, "失信信息50条、认定单位16家")) << words.substr(0, 900);
  EXPECT_TRUE(Says(words, "准予修复40件、不予修复10件"));
  for (uint8_t n : numbers) EXPECT_TRUE(Says(words, PublishedRecord(n).document_no)) << int{n};
  EXPECT_TRUE(Says(words, "终止公示落实中"));
  EXPECT_EQ(Kinds(view).front(), DocumentKind::kReceipt);
  EXPECT_EQ(Kinds(view).back(), DocumentKind::kConclusion);
  EXPECT_LT(pdf.Pages(), 20);
}

}  // namespace
}  // namespace xiufu::intake
