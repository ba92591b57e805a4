// xiufuctl catalogue guide: the documents of every authority that is registered.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/catalogue/governing.h"
#include "libs/catalogue/own_facts.h"
#include "libs/catalogue/rule_fact.h"
#include "libs/catalogue/tables.h"
#include "libs/letter/markdown.h"
#include "libs/letter/render.h"
#include "services/xiufuctl/catalogue_command.h"
#include "services/xiufuctl/catalogue_guide.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/letter_pdf.h"
#include "tests/unit/xiufuctl_run.h"
#include "xiufu/common/v1/common.pb.h"

namespace xiufu::ctl {
namespace {

constexpr absl::CivilDay kOn(2026, 11, 24);

const catalogue::Law& ShippedLaw() {
  static const absl::StatusOr<catalogue::LawSnapshot> law =
      catalogue::LoadLaw({"deploy/catalogue", "deploy/calendars", "deploy/authorities"});
  if (!law.ok()) throw std::runtime_error(law.status().ToString());
  return **law;
}

std::vector<letter::Document> DocumentsOf(const std::string& authority, absl::CivilDay on = kOn) {
  static const absl::StatusOr<catalogue::Messages> messages =
      catalogue::Messages::Load("deploy/messages");
  if (!messages.ok()) throw std::runtime_error(messages.status().ToString());
  auto documents = GuideOf(ShippedLaw(), *messages, authority, on);
  if (!documents.ok()) throw std::runtime_error(documents.status().ToString());
  return *std::move(documents);
}

std::vector<std::string> RulesOf(const std::string& authority, absl::CivilDay on = kOn) {
  std::vector<std::string> ids;
  for (const auto& each : catalogue::RulesGoverning(
           ShippedLaw().catalogue, *ShippedLaw().authorities.FindByCode(authority), on)) {
    ids.push_back(each.rule->id);
  }
  return ids;
}

std::vector<std::vector<std::string>> RowsOf(const letter::Document& document) {
  std::vector<std::vector<std::string>> rows;
  for (const letter::Block& block : document.blocks) {
    if (const auto* table = std::get_if<letter::Table>(&block)) {
      rows.insert(rows.end(), table->rows.begin(), table->rows.end());
    }
  }
  return rows;
}

using Ids = std::vector<std::string>;

TEST(CatalogueGuide, OnlyRulesThatCanGovernRecordsOfTheAuthorityAndAreInForce) {
  EXPECT_EQ(RulesOf("transport"), (Ids{"N36-MIN", "N36-GEN", "N36-SER", "N36-BKR-T", "N36-BKR-F",
                                       "N36-FALSE", "OBJ", "PEN-VOID"}));
  const Ids market = RulesOf("market-regulation");
  const auto has = [&](const char* id) {
    return std::find(market.begin(), market.end(), id) != market.end();
  };
  for (const char* id : {"S107-WARN", "S107-MIN", "S107-GEN", "S107-SER", "S107-LIST", "S107-ABN",
                         "S107-SPOT", "S107-BKR", "N36-BKR-F"}) {
    EXPECT_TRUE(has(id)) << id;
  }
  for (const char* id : {"N36-GEN", "N36-SER", "N36-LIST", "N36-BKR-T", "S21-PEN"}) {
    EXPECT_FALSE(has(id)) << id << " goes behind or is not in force";
  }
  // Worked out beside another, and only about what that one is about.
  for (const auto& each :
       catalogue::RulesGoverning(ShippedLaw().catalogue,
                                 *ShippedLaw().authorities.FindByCode("market-regulation"), kOn)) {
    if (each.rule->id != "N36-MIN") continue;
    EXPECT_EQ(each.matters, (std::vector{catalogue::MatterKind::kAbnormalList,
                                         catalogue::MatterKind::kAbnormalMark}));
  }
  const Ids then = RulesOf("market-regulation", absl::CivilDay(2025, 6, 1));
  EXPECT_NE(std::find(then.begin(), then.end(), "S21-PEN"), then.end());
  EXPECT_EQ(std::find(then.begin(), then.end(), "S107-GEN"), then.end());
}

TEST(CatalogueGuide, EveryFactOfTheSheetIsThereOnce) {
  for (const catalogue::Authority& authority : ShippedLaw().authorities.all()) {
    std::multiset<std::string> wanted, found;
    for (const auto& each : catalogue::RulesGoverning(ShippedLaw().catalogue, authority, kOn)) {
      for (const auto& fact : catalogue::FactsOf(ShippedLaw().catalogue.data(), *each.rule)) {
        wanted.insert(absl::StrCat(each.rule->id, "/", fact.field));
      }
    }
    for (const auto& fact : catalogue::OwnFactsOf(ShippedLaw().catalogue, authority, kOn)) {
      wanted.insert(absl::StrCat("AUTHORITY/", fact.field));
    }
    EXPECT_EQ(std::set<std::string>(wanted.begin(), wanted.end()).size(), wanted.size());
    for (const auto& row : RowsOf(DocumentsOf(authority.code)[2])) {
      found.insert(absl::StrReplaceAll(row[0], {{"\n", ""}}));
      for (const std::string& cell : row) EXPECT_NE(cell, "") << row[0];
    }
    EXPECT_EQ(found, wanted) << authority.code;
  }
}

TEST(CatalogueGuide, OfEveryAuthorityIsPrintedWithNothingCutOffOrLost) {
  const auto fonts = letter::Fonts::Load();
  ASSERT_TRUE(fonts.ok()) << fonts.status();
  for (const catalogue::Authority& authority : ShippedLaw().authorities.all()) {
    for (const letter::Document& document : DocumentsOf(authority.code)) {
      const absl::StatusOr<std::string> pdf = letter::RenderPdf(**fonts, document);
      ASSERT_TRUE(pdf.ok()) << pdf.status();
      const PdfReader reader(*pdf);
      const std::string words = reader.Words();
      EXPECT_TRUE(absl::StrContains(words, authority.name));
      for (const char* key : {"GUIDE_", "NOTICE_", "CONFIDENCE_", "{"}) {
        EXPECT_FALSE(absl::StrContains(words, key)) << authority.code << " " << key;
      }
      EXPECT_EQ(reader.Outside(), "") << authority.code << " " << document.title;
    }
  }
}

TEST(CatalogueGuide, TheSameDayGivesTheSameBytes) {
  const auto fonts = letter::Fonts::Load();
  ASSERT_TRUE(fonts.ok()) << fonts.status();
  const auto once = DocumentsOf("transport"), again = DocumentsOf("transport");
  for (size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(letter::RenderPdf(**fonts, once[i]).value(),
              letter::RenderPdf(**fonts, again[i]).value());
    EXPECT_EQ(letter::RenderMarkdown(once[i]), letter::RenderMarkdown(again[i]));
  }
}

TEST(CatalogueGuide, TellsWhatToHandInWhereByWhenAndThatItIsFree) {
  const auto documents = DocumentsOf("market-regulation");
  const auto fonts = letter::Fonts::Load();
  ASSERT_TRUE(fonts.ok()) << fonts.status();
  const std::string words = PdfReader(letter::RenderPdf(**fonts, documents[0]).value()).Words();
  for (const char* text :
       {"丹东市市场监督管理局", "信用修复办事指南", "XYXF000001210600011", "不收费", "守信承诺书",
        "需提交", "免提交", "国家企业信用信息公示系统", "自认定单位收到申请起7个工作日内",
        "停止公示", "恢复正常记载", "12345", "以当地公布为准", "异议", "行政复议", "丹东市信用中心",
        "抽查检查结果"}) {
    EXPECT_TRUE(absl::StrContains(words, text)) << text;
  }
}

// What is minor, general or serious, as it is in the authority's own rules: nothing that another
// row has taken already.
TEST(CatalogueGuide, TellsTheClassStandardsOfTheAuthority) {
  const auto ids = [](const char* code, absl::CivilDay on) {
    std::vector<std::string> ids;
    for (const auto& each : catalogue::StandardsGoverning(
             ShippedLaw().catalogue, *ShippedLaw().authorities.FindByCode(code), on)) {
      ids.push_back(each.standard->id);
    }
    return ids;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(ids("market-regulation", kOn),
            (Names{"CLASS-SAMR-SIMPLE", "CLASS-SAMR-WARNING", "CLASS-SAMR-HEAVY",
                   "CLASS-SAMR-CONFISCATION", "CLASS-SAMR-FINE", "CLASS-ABNORMAL",
                   "CLASS-SERIOUS-LIST"}));
  EXPECT_EQ(ids("transport", kOn),
            (Names{"CLASS-SIMPLE", "CLASS-SUSPENSION", "CLASS-REVOCATION", "CLASS-CONFISCATION",
                   "CLASS-WARNING", "CLASS-FINE", "CLASS-OTHER"}));
  EXPECT_EQ(ids("court", kOn), Names{"CLASS-SERIOUS-LIST"});
  EXPECT_TRUE(ids("transport", absl::CivilDay(2026, 3, 31)).empty());
  const std::string guide = letter::RenderMarkdown(DocumentsOf("transport")[0]);
  for (const char* text : {"轻微、一般、严重的分级标准", "处罚种类：罚款", "待认定单位确认",
                           "处罚种类：警告、通报批评", "处罚程序：简易"}) {
    EXPECT_TRUE(absl::StrContains(guide, text)) << text;
  }
}

TEST(CatalogueGuide, AnAuthoritysOwnNumberAndAmountsArePrinted) {
  TempFolder rules("deploy/catalogue"), authorities("deploy/authorities"), out;
  authorities.Replace("transport.toml", "level = \"CITY\"",
                      "level = \"CITY\"\nhotline = \"0415-12328\"");
  rules.Replace("classes.toml", "[[class_standard]]\nid = \"CLASS-FINE\"", R"([[class_standard]]
id = "CLASS-TRANSPORT-LOW"
authority_kinds = ["TRANSPORT"]
kinds = ["罚款"]
fine_to_fen = 500000
class = "MINOR"
effective_from = 2026-04-01
source = "某分级标准"
confidence = "T"

[[class_standard]]
id = "CLASS-FINE")");
  const Outcome outcome =
      RunFamily(CatalogueCommands(),
                {"guide", "--authority", "transport", "--on", "2026-11-24", "--out", out.path(),
                 "--catalogue", rules.path(), "--authorities", authorities.path()});
  ASSERT_EQ(outcome.exit_code, kExitOk) << outcome.error;
  const std::string guide = out.Read("办事指南_transport_2026-11-24.md");
  EXPECT_TRUE(absl::StrContains(guide, "0415-12328")) << guide;
  EXPECT_TRUE(absl::StrContains(guide, "12345"));
  EXPECT_TRUE(absl::StrContains(guide, "罚款5000.00元以下（含）")) << guide;
  EXPECT_TRUE(
      absl::StrContains(out.Read("业务方案确认表_transport_2026-11-24.md"), "CLASS-TRANSPORT-LOW"));
}

TEST(CatalogueGuide, AChartShowsEveryStateOfACaseOfTheSuite) {
  const std::string chart = letter::RenderMarkdown(DocumentsOf("transport")[1]);
  const auto messages = catalogue::Messages::Load("deploy/messages");
  ASSERT_TRUE(messages.ok());
  const auto& states = *common::v1::CaseState_descriptor();
  for (int i = 1; i < states.value_count(); ++i) {
    const int state = states.value(i)->number();
    // Of the applicant's view only: what was asked and not answered yet.
    if (state == common::v1::CASE_STATE_WITHDRAWAL_REQUESTED) continue;
    // Of what is decided in another system, and of rules by which a person looks first.
    if (state == common::v1::CASE_STATE_WITH_UPSTREAM ||
        state == common::v1::CASE_STATE_PRE_CHECK) {
      continue;
    }
    const std::string name = absl::StrReplaceAll(std::string(states.value(i)->name()),
                                                 {{"CASE_STATE_", "GUIDE_STATE_"}});
    ASSERT_TRUE(messages->Contains(name)) << name;
    EXPECT_TRUE(absl::StrContains(chart, messages->Text(name).zh)) << name;
  }
  EXPECT_TRUE(absl::StrContains(chart, "```mermaid\nflowchart TD\n"));
  // A line that decides elsewhere has none of them but the one-time notice of what is missing.
  EXPECT_FALSE(absl::StrContains(letter::RenderMarkdown(DocumentsOf("court")[1]),
                                 messages->Text("GUIDE_STATE_WITH_AUTHORITY").zh));
}

TEST(CatalogueGuide, TheCommandWritesEachAsPdfAndMarkdownAndNamesWhatItCannot) {
  TempFolder out, rules("deploy/catalogue");
  const std::vector<std::string> common = {
      "--on", "2026-11-24", "--out", out.FilePath("new"), "--catalogue", rules.path()};
  const auto run = [&](std::vector<std::string> args) {
    args.insert(args.end(), common.begin(), common.end());
    return RunFamily(CatalogueCommands(), args);
  };
  ASSERT_EQ(RunFamily(CatalogueCommands(),
                      {"confirm", "--authority", "tax", "--rule", "N36-GEN", "--field", "minimum",
                       "--document", "1号", "--date", "2026-11-01", "--by", "局", "--on",
                       "2026-11-24", "--catalogue", rules.path()})
                .exit_code,
            kExitOk);
  const Outcome outcome = run({"guide", "--authority", "tax"});
  ASSERT_EQ(outcome.exit_code, kExitOk) << outcome.error;
  for (const char* name : {"办事指南", "流程图", "业务方案确认表"}) {
    for (const char* suffix : {".pdf", ".md"}) {
      const std::string file = absl::StrCat("new/", name, "_tax_2026-11-24", suffix);
      EXPECT_TRUE(absl::StrContains(outcome.out, out.FilePath(file) + "\n")) << outcome.out;
      EXPECT_GT(out.Read(file).size(), 500u) << file;
    }
  }
  // What it has confirmed is shown as confirmed, and nothing else.
  const std::string sheet = out.Read("new/业务方案确认表_tax_2026-11-24.md");
  EXPECT_TRUE(absl::StrContains(sheet, "经认定单位确认"));
  EXPECT_EQ(sheet.find("经认定单位确认"), sheet.rfind("经认定单位确认"));
  EXPECT_TRUE(absl::StrContains(run({"guide", "--authority", "roads"}).error, "no such authority"));
  EXPECT_EQ(run({"guide"}).exit_code, kExitUsage);
  TempFolder words("deploy/messages");
  words.Replace("guides.toml", "[GUIDE_FEE_NONE]", "[GUIDE_FEE_SOME]");
  const Outcome wordless =
      RunFamily(CatalogueCommands(), {"guide", "--authority", "tax", "--messages", words.path()});
  EXPECT_EQ(wordless.exit_code, kExitFailed);
  EXPECT_TRUE(absl::StrContains(wordless.error, "GUIDE_FEE_NONE")) << wordless.error;
}

}  // namespace
}  // namespace xiufu::ctl
