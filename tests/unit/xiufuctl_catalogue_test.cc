// xiufuctl catalogue, on what is shipped and on spoilt copies of it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/xiufuctl/catalogue_command.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/xiufuctl_run.h"

namespace xiufu::ctl {
namespace {

Outcome RunCatalogueCommand(const std::vector<std::string>& args) {
  return RunFamily(CatalogueCommands(), args);
}

class CatalogueCommandTest : public ::testing::Test {
 protected:
  nlohmann::json Explain(const std::string& row, const std::string& on) {
    folder_.Write("row.json", row);
    const Outcome outcome = RunCatalogueCommand(
        {"explain", "--record", folder_.FilePath("row.json"), "--on", on, "--json"});
    EXPECT_EQ(outcome.exit_code, kExitOk) << outcome.error;
    return nlohmann::json::parse(outcome.out, nullptr, false);
  }

  TempFolder folder_;
};

TEST_F(CatalogueCommandTest, WhatIsShippedHasNoFault) {
  const Outcome outcome = RunCatalogueCommand({"check"});
  EXPECT_EQ(outcome.exit_code, kExitOk) << outcome.error;
  EXPECT_TRUE(absl::StrContains(outcome.out, "no fault"));
  const Outcome unconfirmed = RunCatalogueCommand({"check", "--unconfirmed"});
  EXPECT_TRUE(absl::StrContains(unconfirmed.out, "NBS-1\tM\t"));
  EXPECT_FALSE(absl::StrContains(unconfirmed.out, "PEN-VOID"));
}

TEST_F(CatalogueCommandTest, EveryFaultIsNamedWithFileAndLine) {
  TempFolder rules("deploy/catalogue");
  const int line = rules.Replace("regime-sat-54.toml", "minimum = \"6mo\"", "minimum = \"6 mo\"");
  const Outcome outcome = RunCatalogueCommand({"check", "--catalogue", rules.path()});
  EXPECT_EQ(outcome.exit_code, kExitFailed);
  EXPECT_TRUE(absl::StrContains(
      outcome.error, absl::StrCat(rules.FilePath("regime-sat-54.toml"), ":", line, ": minimum")))
      << outcome.error;
  TempFolder authorities("deploy/authorities");
  const int kind = authorities.Replace("transport.toml", "\"TRANSPORT\"", "\"ROADS\"");
  const Outcome kinds = RunCatalogueCommand({"check", "--authorities", authorities.path()});
  EXPECT_EQ(kinds.exit_code, kExitFailed);
  EXPECT_TRUE(
      absl::StrContains(kinds.error, absl::StrCat("transport.toml:", kind, ": kind: 'ROADS'")))
      << kinds.error;
}

TEST_F(CatalogueCommandTest, ExplainsAPenalty) {
  const auto json = Explain(
      R"({"CF_WSH": "丹交罚〔2026〕1号", "CF_CFLB": "没收违法所得", "CF_JDRQ": "2026-08-24",
          "CF_CFJG": "丹东市交通运输局", "CF_NR_WFFF": 1.25})",
      "2026-11-24");
  EXPECT_EQ(json["eligible"], false);
  EXPECT_EQ(json["needs_person"], false);
  EXPECT_EQ(json["earliest"], "2026-11-25");
  EXPECT_EQ(json["publicity_ends"], "2027-08-24");
  EXPECT_EQ(json["rule"], "N36-GEN");
  EXPECT_EQ(json["class"], "general");
  EXPECT_EQ(json["materials"], (nlohmann::json{"M2", "M3"}));
  EXPECT_EQ(json["to_prove"], (nlohmann::json{"COND_PERFORMED", "COND_COMMITMENT"}));
  EXPECT_EQ(json["authority"]["code"], "transport");
  EXPECT_EQ(json["authority"]["kind"], "TRANSPORT");
  EXPECT_EQ(json["channel"], "CREDIT_CHINA");
  EXPECT_EQ(json["handling"], "IN_SUITE");
  EXPECT_EQ(json["item"]["base_code"], "XYXF000001");
  EXPECT_EQ(json["item"]["implementation_code"], "XYXF000001210600015");
  EXPECT_EQ(json["item"]["provisional"], true);
}

TEST_F(CatalogueCommandTest, EligibleIsNullExactlyWhenAPersonIsNeeded) {
  const auto json = Explain(
      R"({"rows": [{"CF_CFLB": "罚款", "CF_JDRQ": "2026-05-06", "CF_CFJG": "丹东市烟草专卖局"}]})",
      "2026-11-24");
  EXPECT_TRUE(json["eligible"].is_null());
  EXPECT_EQ(json["needs_person"], true);
  EXPECT_EQ(json["class"], "pending");
  EXPECT_TRUE(json["earliest"].is_null());
  EXPECT_FALSE(json["earliest_reason"]["zh"].get<std::string>().empty());
  EXPECT_TRUE(json["authority"]["code"].is_null());
  EXPECT_TRUE(json["authority"]["kind"].is_null());
}

TEST_F(CatalogueCommandTest, ExplainsAListEntry) {
  const auto json = Explain(
      R"({"名单类型": "失信被执行人", "执行法院": "丹东市振兴区人民法院", "发布时间": "2026-11-20"})",
      "2026-11-24");
  EXPECT_EQ(json["eligible"], true);
  EXPECT_EQ(json["rule"], "SPC-EVT");
  EXPECT_EQ(json["class"], "serious");
  EXPECT_EQ(json["materials"], nlohmann::json{"M12"});
  EXPECT_EQ(json["channel"], "EXECUTING_COURT");
  EXPECT_TRUE(json["publicity_ends"].is_null());
}

TEST_F(CatalogueCommandTest, ANullDateHasItsOwnReason) {
  const auto open = Explain(
      R"({"名单类型": "失信被执行人", "执行法院": "丹东市振兴区人民法院", "发布时间": "2026-11-20"})",
      "2026-11-24");
  EXPECT_EQ(open["publicity_ends_reason"]["en"],
            "There is no fixed maximum: it lasts until the cause is gone");
  // As the services tell it: what the authority has published is better than nothing.
  const auto given = Explain(
      R"({"CF_CFLB": "罚款", "CF_JDRQ": "2026-05-06", "CF_CFJG": "丹东市交通运输局",
          "CF_GSJZQ": "2029-05-06"})",
      "2026-11-24");
  EXPECT_EQ(given["publicity_ends"], "2029-05-06");
  EXPECT_TRUE(given["eligible"].is_null());
}

TEST_F(CatalogueCommandTest, TellsHowAnApplicationGoes) {
  const auto json = Explain(
      R"({"名单类型": "重大税收违法失信主体", "认定单位": "国家税务总局丹东市税务局",
          "列入日期": "2026-05-05"})",
      "2026-11-24");
  EXPECT_EQ(json["question"], "Q2");
  EXPECT_EQ(json["procedure"]["pre_check"], "DETERMINING_AUTHORITY");
  EXPECT_EQ(json["procedure"]["decides"], "DETERMINING_AUTHORITY");
  EXPECT_EQ(json["procedure"]["ends_publicity_on"], "DECISION");
  EXPECT_EQ(json["procedure"]["deadlines"][0]["id"], "TAX-ACCEPT");
  EXPECT_EQ(json["procedure"]["result_word"]["zh"], "停止公布");
  const Outcome text = RunCatalogueCommand(
      {"explain", "--record", folder_.FilePath("row.json"), "--on", "2026-11-24"});
  for (const char* part : {"pre-check: DETERMINING_AUTHORITY", "decides: DETERMINING_AUTHORITY",
                           "publicity ends on: DECISION", "open question: Q2"}) {
    EXPECT_TRUE(absl::StrContains(text.out, part)) << part;
  }
}

TEST_F(CatalogueCommandTest, ReadsWhatPlatformsReturn) {
  const auto json = Explain(
      R"({"CF_CFLB": ["没收违法所得", "警告"], "CF_JDRQ": 1787500800000, "CF_NR_WFFF": 0.000001,
          "CF_CFJG": "丹东市交通运输局", "CF_ZT": 0, "BZ": null})",
      "2026-11-24");
  EXPECT_EQ(json["class"], "general");
  EXPECT_EQ(json["earliest"], "2026-11-25");
  const auto annulled = Explain(
      R"({"CF_CFLB": "2", "CF_JDRQ": "2026-05-06", "CF_CFJG": "丹东市交通运输局", "CF_ZT": "1"})",
      "2026-11-24");
  EXPECT_EQ(annulled["rule"], "PEN-VOID");
  EXPECT_EQ(annulled["reported"]["kind"], "ANNULLED");
}

TEST_F(CatalogueCommandTest, WhatCannotBeExplainedIsNamed) {
  folder_.Write("row.json", "[1, 2]");
  folder_.Write("bad.json", R"({"CF_CFLB": "没有这种", "CF_JDRQ": "x"})");
  folder_.Write("cut.json", "{\"CF_CFLB\":\n \"警告\"");
  folder_.Write("nested.json", R"({"CF_CFLB": {"a": 1}, "CF_JDRQ": "2026-05-06"})");
  folder_.Write("none.json", R"({"total": 0, "rows": []})");
  for (const auto& [file, on, code, part] :
       {std::tuple("row.json", "2026-11-24", kExitUsage, "one JSON object"),
        std::tuple("missing.json", "2026-11-24", kExitUsage, "cannot read"),
        std::tuple(".", "2026-11-24", kExitUsage, "cannot read"),
        std::tuple("bad.json", "2026-11-24", kExitUsage, "CF_JDRQ"),
        std::tuple("bad.json", "2026-11-24", kExitUsage, "CF_CFLB"),
        std::tuple("cut.json", "2026-11-24", kExitUsage, "line 2"),
        std::tuple("nested.json", "2026-11-24", kExitUsage, "CF_CFLB"),
        std::tuple("none.json", "2026-11-24", kExitUsage, "rows is empty"),
        std::tuple("bad.json", "24.11.2026", kExitUsage, "--on")}) {
    const Outcome outcome =
        RunCatalogueCommand({"explain", "--record", folder_.FilePath(file), "--on", on});
    EXPECT_EQ(outcome.exit_code, code) << file;
    EXPECT_TRUE(absl::StrContains(outcome.error, part)) << outcome.error;
    EXPECT_EQ(outcome.out, "");
  }
  EXPECT_EQ(RunCatalogueCommand(
                {"rehearse", "deploy/catalogue", "--against", "none", "--on", "24.11.2026"})
                .exit_code,
            kExitUsage);
}

}  // namespace
}  // namespace xiufu::ctl
