// Letters as other programs read them.
#include <gtest/gtest.h>

#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "libs/letter/markdown.h"
#include "libs/letter/render.h"
#include "tests/unit/letter_pdf.h"

namespace xiufu::letter {
namespace {

const Fonts& TestFonts() {
  static const absl::StatusOr<std::shared_ptr<const Fonts>> fonts = Fonts::Load();
  if (!fonts.ok()) throw std::runtime_error(fonts.status().ToString());
  return **fonts;
}

Document DocumentOf(std::vector<Block> blocks) {
  return {"测试", absl::CivilDay(2026, 11, 24), "目录2026.11", "第{page}页 共{pages}页",
          std::move(blocks)};
}

std::string Render(const Document& document) {
  absl::StatusOr<std::string> pdf = RenderPdf(TestFonts(), document);
  EXPECT_TRUE(pdf.ok()) << pdf.status();
  return pdf.value_or("");
}

std::string Repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

Table TableOf(int rows, const std::string& cell) {
  Table table{{{"序号", 1, Align::kCentre}, {"内容", 5}}, {}};
  for (int i = 1; i <= rows; ++i) table.rows.push_back({std::to_string(i), cell});
  return table;
}

TEST(LetterRender, EveryKindOfBlockCanBeReadAgain) {
  const PdfReader reader(
      Render(DocumentOf({Title{"信用修复一次性告知书", "One-time notice"}, Heading{"一、失信信息"},
                         Paragraph{"你单位有三条失信信息。"}, TableOf(2, "行政处罚"),
                         Form{{{{"单位名称", "丹东测试有限公司"}, {"代码", "91210600MAYY000188"}},
                               {{"理由", "", 5}}}},
                         Signature{{{"申请单位（盖章）：", ""}, {"日期：", "2026年11月24日"}}},
                         QrCode{"https://www.creditchina.gov.cn", "扫码进入“信用中国”"}})));
  EXPECT_EQ(reader.Pages(), 1);
  const std::string words = reader.Words();
  for (const char* text :
       {"信用修复一次性告知书", "One-timenotice", "一、失信信息", "你单位有三条失信信息。",
        "行政处罚", "91210600MAYY000188", "申请单位（盖章）：", "2026年11月24日",
        "扫码进入“信用中国”", "目录2026.11", "第1页共1页"}) {
    EXPECT_TRUE(absl::StrContains(words, text)) << text << " in\n" << words;
  }
}

TEST(LetterRender, FontsAreEmbeddedAndSubset) {
  const PdfReader reader(Render(DocumentOf(
      {Heading{"标题"}, Paragraph{"正文 text"}, Paragraph{.text = "粗体", .strong = true}})));
  std::vector<std::string> fonts = absl::StrSplit(reader.Fonts(), '\n', absl::SkipEmpty());
  EXPECT_EQ(fonts.size(), 3u) << reader.Fonts();
  for (const std::string& font : fonts) {
    EXPECT_TRUE(absl::StrContains(font, "NotoS")) << font;
    EXPECT_TRUE(absl::StrContains(font, "yes yes yes")) << "embedded, subset, with text: " << font;
  }
}

TEST(LetterRender, TheSameDocumentGivesTheSameBytes) {
  const Document document = DocumentOf({Title{"告知书"}, Paragraph{Repeat("正文。", 900)},
                                        TableOf(60, "内容"), QrCode{"https://example.cn", "码"}});
  const std::string once = Render(document);
  const absl::StatusOr<std::shared_ptr<const Fonts>> other = Fonts::Load();
  EXPECT_EQ(RenderPdf(**other, document).value(), once);
  Document later = document;
  later.day = absl::CivilDay(2026, 11, 25);
  EXPECT_NE(Render(later), once);
}

TEST(LetterRender, AQrCodeIsDecoded) {
  const std::string link = "https://www.creditchina.gov.cn/?from=xiufu&n=一件事";
  EXPECT_EQ(PdfReader(Render(DocumentOf({QrCode{link, "说明"}}))).QrText(), link + "\n");
}

TEST(LetterRender, AQrCodeThatWouldHoldTooMuchIsRefused) {
  const absl::StatusOr<std::string> pdf =
      RenderPdf(TestFonts(), DocumentOf({QrCode{std::string(3000, 'x'), ""}}));
  EXPECT_EQ(pdf.status().code(), absl::StatusCode::kInvalidArgument) << pdf.status();
}

TEST(LetterRender, TheHeadOfATableIsOnEveryPage) {
  const PdfReader reader(Render(DocumentOf({TableOf(100, "行政处罚决定")})));
  ASSERT_EQ(reader.Pages(), 4);
  for (int page = 1; page <= 4; ++page) {
    EXPECT_TRUE(absl::StrContains(reader.Text(page), "序号")) << page;
  }
}

TEST(LetterRender, ARowHigherThanAPageIsCutBetweenItsLinesAndNothingIsLostOrToldTwice) {
  Table table = TableOf(1, Repeat("公示期限", 900));
  const PdfReader reader(Render(DocumentOf({Paragraph{"前"}, table, Paragraph{"后"}})));
  const std::string words = reader.Words();
  int found = 0;
  for (size_t at = words.find("公示"); at != std::string::npos; at = words.find("公示", at + 1))
    ++found;
  EXPECT_EQ(found, 900);
  EXPECT_GT(reader.Pages(), 2);
}

TEST(LetterRender, AHeadingIsNeverTheLastOnAPage) {
  for (int lines = 20; lines < 45; ++lines) {
    std::vector<Block> blocks(lines, Paragraph{"一行正文"});
    blocks.push_back(Heading{"标题在此"});
    blocks.push_back(Paragraph{"标题之下"});
    const PdfReader reader(Render(DocumentOf(blocks)));
    const int page = absl::StrContains(reader.Text(1), "标题在此") ? 1 : 2;
    EXPECT_TRUE(absl::StrContains(reader.Text(page), "标题之下")) << lines;
  }
}

FlowChart ChartOf(int steps) {
  FlowChart chart;
  for (int i = 1; i <= steps; ++i) {
    FlowStep step{"第" + std::to_string(i) + "步", "三个工作日内", FlowStep::Shape::kQuestion,
                  "符合"};
    step.branches = {{"不齐", "补正", true}, {"不符合", "不予修复"}};
    chart.steps.push_back(step);
  }
  return chart;
}

TEST(LetterRender, AFlowChartIsBrokenBetweenStepsAndNothingIsLost) {
  const PdfReader reader(Render(DocumentOf({Heading{"流程"}, ChartOf(20)})));
  EXPECT_GT(reader.Pages(), 1);
  const std::string words = reader.Words();
  for (int i = 1; i <= 20; ++i) {
    EXPECT_TRUE(absl::StrContains(words, "第" + std::to_string(i) + "步")) << i;
  }
  EXPECT_TRUE(absl::StrContains(words, "不予修复"));
  EXPECT_EQ(reader.Outside(), "");
}

TEST(LetterMarkdown, SaysWhatThePdfSays) {
  const std::string text = RenderMarkdown(
      DocumentOf({Title{"告知书", "Notice"}, Heading{"一、信息", 1}, Paragraph{"小于<5%*"},
                  Table{{{"甲", 1}, {"乙", 1, Align::kCentre}}, {{"一|二", "上\n下"}}},
                  Form{{{{"名称", "某公司"}}}}, ChartOf(2), Signature{{{"日期：", ""}}}}));
  EXPECT_EQ(text,
            "# 告知书\n\nNotice\n\n## 一、信息\n\n小于&lt;5%\\*\n\n"
            "| 甲 | 乙 |\n| --- | :-: |\n| 一\\|二 | 上<br>下 |\n\n"
            "|  |  |\n| --- | --- |\n| 名称 | 某公司 |\n\n"
            "```mermaid\nflowchart TD\n"
            "  s1{{\"第1步<br/>三个工作日内\"}}\n"
            "  s1_1[\"补正\"]\n  s1 -->|\"不齐\"| s1_1\n  s1_1 --> s1\n"
            "  s1_2[\"不予修复\"]\n  s1 -->|\"不符合\"| s1_2\n"
            "  s1 -->|\"符合\"| s2\n"
            "  s2{{\"第2步<br/>三个工作日内\"}}\n"
            "  s2_1[\"补正\"]\n  s2 -->|\"不齐\"| s2_1\n  s2_1 --> s2\n"
            "  s2_2[\"不予修复\"]\n  s2 -->|\"不符合\"| s2_2\n"
            "```\n\n日期：＿＿＿＿＿＿\n\n---\n\n目录2026.11\n");
}

TEST(LetterRender, OtherFontsOfTheMachineAreNotUsed) {
  setenv("FONTCONFIG_FILE", "/nonexistent", 1);
  EXPECT_TRUE(
      absl::StrContains(PdfReader(Render(DocumentOf({Paragraph{"正文"}}))).Words(), "正文"));
  unsetenv("FONTCONFIG_FILE");
}

TEST(LetterFonts, AMissingFontIsToldWithItsPackage) {
  const absl::Status status = Fonts::Load("/nonexistent").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(absl::StrContains(status.message(), "install the package fonts-noto-cjk")) << status;
}

}  // namespace
}  // namespace xiufu::letter
