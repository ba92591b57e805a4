// What windows hand out, as a reader of PDF sees it.
#include <gtest/gtest.h>

#include "services/intake/drivers/letters.h"
#include "services/intake/drivers/window_letters.h"
#include "tests/unit/intake_window_rig.h"
#include "tests/unit/letter_pdf.h"

namespace xiufu::intake {
namespace {

class WindowLettersTest : public WindowTest {
 protected:
  WindowLettersTest() {
    RecordSnapshot& market = records_.records[TestId(2)];
    market.authority = {"", "丹东市市场监督管理局", ""};
    market.words.kinds = {"没收违法所得"};
  }
  absl::StatusOr<Notice> NoticeFor(const std::vector<uint8_t>& records) {
    InquiryCommand inquiry{kSubject, {}, ""};
    for (uint8_t n : records) inquiry.records.push_back(RecordName(TestId(n)));
    absl::StatusOr<Notice> result = absl::UnknownError("not answered");
    intake().compose_notice(inquiry, [&](absl::StatusOr<Notice> n) { result = std::move(n); });
    return result;
  }
  static void Expect(const std::string& words, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      EXPECT_TRUE(absl::StrContains(words, text)) << text << " in\n" << words;
    }
    for (const char* key : {"NOTICE_", "FORM_", "LETTER_", "WINDOW_", "{", "}"}) {
      EXPECT_FALSE(absl::StrContains(words, key)) << key;
    }
  }

  Letters letters_{&ShippedLaw().messages, "https://www.creditchina.gov.cn"};
};

TEST_F(WindowLettersTest, ThePrecheckListNamesWhatIsLacking) {
  const Precheck precheck = PrecheckPapers(
      *NoticeFor({1, 2}), {{"M2", "application/msword", 10, "", ""}, {"M13", "", 0, "", ""}},
      /*by_agent=*/true, ShippedLaw().catalogue);
  const absl::StatusOr<PrintedLetter> letter = letters_.PrintPrecheck(precheck);
  ASSERT_TRUE(letter.ok()) << letter.status();
  Expect(PdfReader(letter->content).Words(),
         {"信用修复材料预核清单", "还需要补齐", "信用承诺书", "守信承诺书", "文件类型不符",
          "不需要提交：整改报告", "没有形成申请件", "全程免费", "经办人身份证明和授权委托书"});
  EXPECT_EQ(letters_.PrintPrecheck(precheck)->sha256, letter->sha256);
}

TEST_F(WindowLettersTest, TheFormsOfARecordComeAsOneLetterWithWhereToFile) {
  const absl::StatusOr<PrintedLetter> letter = letters_.PrintForms(*NoticeFor({1, 2}));
  ASSERT_TRUE(letter.ok()) << letter.status();
  const PdfReader reader(letter->content);
  EXPECT_EQ(reader.Pages(), 5);  // the cover, two of each kind, each on a page
  EXPECT_TRUE(absl::StrContains(reader.Text(1), "https://www.gsxt.gov.cn"));
  Expect(reader.Words(),
         {"信用修复自行申报文书", "https://www.creditchina.gov.cn", "https://www.gsxt.gov.cn",
          "国家企业信用信息公示系统（辽宁）", "信用修复申请表", "信用修复申请书", "信用承诺书",
          "守信承诺书", "全程免费"});
}

TEST_F(WindowLettersTest, TheSlipHasNumberAndCodeAndWhatIsMissing) {
  FileCommand command = Filing({1});
  command.create = ByAgent({1}, Power());
  const ApplicationView filed = *File("window-210602", command);
  ASSERT_TRUE(UploadAs("window-210602", filed.application.id, "M2").ok());
  const absl::StatusOr<PrintedLetter> letter = letters_.PrintSlip(
      *intake().filings.PrintSlip(Window("window-210602"), ApplicationName(filed.application.id),
                                  filed.application.query_code));
  ASSERT_TRUE(letter.ok()) << letter.status();
  const PdfReader reader(letter->content);
  const std::string last = reader.Text(reader.Pages());
  EXPECT_TRUE(absl::StrContains(last, "盖章") && absl::StrContains(last, "免费"))
      << "nobody signs a page without words";
  Expect(reader.Words(), {"信用修复材料收取清单", filed.application.number,
                          filed.application.query_code, "元宝区信用修复“一件事”办公室", "C07",
                          "草稿，尚未提交", "丹东某咨询有限公司", "申请、补正、撤回", "还缺2种材料",
                          "经办人身份证明和授权委托书", "承诺书.pdf", "不等于受理"});
}

TEST_F(WindowLettersTest, EveryTextIsThere) {
  EXPECT_TRUE(CheckWindowMessages(ShippedLaw().messages).ok());
  EXPECT_EQ(CheckWindowMessages(catalogue::Messages()).code(),
            absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace xiufu::intake
