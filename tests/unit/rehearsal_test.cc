// xiufuctl catalogue rehearse, on stores that the services wrote: the change from Order 58 to Order
// 36 as the worked example.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "services/xiufuctl/catalogue_command.h"
#include "tests/unit/rehearsal_stores.h"
#include "tests/unit/xiufuctl_run.h"

namespace xiufu::ctl {
namespace {

using routing::CaseResult;

// Name → SHA-256 of every file of a folder.
std::map<std::string, std::string> FilesOf(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ostringstream content;
    content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    files[entry.path().filename()] = Sha256(content.str());
  }
  return files;
}

class RehearsalTest : public ::testing::Test {
 protected:
  RehearsalTest() : stores_(folder_.FilePath("stores"), old_.Load()) {}

  // Penalties of all classes, determined before and after Order 36 came into force, and what was
  // done about some of them.
  void Example() {
    stores_.Publish("minor before", "警告", "2026-03-02");
    stores_.Publish("minor after", "警告", "2026-05-06");
    stores_.Publish("general before", "没收违法所得", "2026-02-10");
    stores_.Publish("general after", "没收违法所得", "2026-05-11");
    stores_.Publish("serious before", "暂扣许可证件", "2025-12-01");
    stores_.Publish("serious after", "暂扣许可证件", "2026-04-15");
    stores_.Publish("fine before", "罚款", "2026-03-10");
    stores_.Publish("fine after", "罚款", "2026-04-20");
    stores_.Apply("approved", "serious before", "N58-PEN", "2026-06-01");
    stores_.Accept("approved", "2026-06-03");
    stores_.Conclude("approved", "2026-06-10", CaseResult::kApproved);
    stores_.End("serious before");
    stores_.Apply("refused", "fine before", "N58-PEN", "2026-06-22");
    stores_.Accept("refused", "2026-06-24");
    stores_.Conclude("refused", "2026-06-30", CaseResult::kRefused);
    stores_.Apply("open general", "general before", "N58-PEN", "2026-07-20");
    stores_.Apply("open serious", "serious after", "N58-PEN", "2026-07-20");
    stores_.Accept("open serious", "2026-07-22");
  }

  std::vector<std::string> Arguments(const std::string& next) const {
    return {"rehearse",  next,
            "--against", stores_.PathOf("routing"),
            "--against", stores_.PathOf("publication"),
            "--old",     old_.path()};
  }
  Outcome Run(std::vector<std::string> args, const std::vector<std::string>& more = {}) {
    args.insert(args.end(), more.begin(), more.end());
    Outcome outcome = RunFamily(CatalogueCommands(), args);
    outcome.out = stores_.Named(outcome.out);
    return outcome;
  }
  nlohmann::json Json(const std::string& next, std::vector<std::string> more = {}) {
    more.push_back("--json");
    const Outcome outcome = Run(Arguments(next), more);
    EXPECT_EQ(outcome.exit_code, kExitOk) << outcome.error;
    return nlohmann::json::parse(outcome.out, nullptr, false);
  }

  TempFolder folder_;
  OrderFiftyEight old_;
  RehearsalStores stores_;
};

TEST_F(RehearsalTest, FromOrder58ToOrder36) {
  Example();
  stores_.Stop();
  const Outcome outcome =
      Run({"rehearse", "deploy/catalogue", "--against", stores_.PathOf("routing"), "--against",
           stores_.PathOf("publication"), "--old", old_.path(), "--on", "2026-08-03"});
  ASSERT_EQ(outcome.exit_code, kExitOk) << outcome.error;
  const size_t table = outcome.out.find("件数");
  ASSERT_NE(table, std::string::npos) << outcome.out;
  std::ostringstream expected;
  expected << std::ifstream("tests/data/order-58-to-36.txt").rdbuf();
  EXPECT_EQ(outcome.out.substr(table), expected.str());
}

TEST_F(RehearsalTest, WithoutADayCasesAreJudgedWhenTheyWereAppliedFor) {
  Example();
  stores_.Stop();
  const nlohmann::json json = Json("deploy/catalogue");
  EXPECT_EQ(json["cases_on"], nullptr);
  EXPECT_EQ(json["counts"]["closed_cases"]["compared"], 2);
  EXPECT_EQ(json["counts"]["open_cases"]["compared"], 2);
  for (const nlohmann::json& one : json["differences"]) {
    if (one["name"] != "cases/open serious") continue;
    EXPECT_EQ(one["difference"], "REFUSED");
    EXPECT_EQ(one["before"]["verdict"], "ELIGIBLE");
    EXPECT_EQ(one["after"], (nlohmann::json{{"verdict", "NOT_YET"},
                                            {"day", "2027-04-16"},
                                            {"rule", "N36-SER"},
                                            {"source", one["after"]["source"]},
                                            {"confidence", "S"}}));
  }
}

TEST_F(RehearsalTest, TwiceTheSame) {
  Example();
  stores_.Stop();
  EXPECT_EQ(Json("deploy/catalogue", {"--on", "2026-08-03"}),
            Json("deploy/catalogue", {"--on", "2026-08-03"}));
}

TEST_F(RehearsalTest, DeadlinesAreWorkedOutAnewFromWhatHappened) {
  Example();
  stores_.Apply("supplemented", "general before", "N58-PEN", "2026-06-01");
  stores_.Accept("supplemented", "2026-06-03");
  stores_.AskForSupplement("supplemented", "2026-06-05");
  stores_.Supplement("supplemented", "2026-06-15");
  stores_.Stop();
  TempFolder next(old_.path());
  next.Replace("deadlines.toml",
               "id = \"N58-DECIDE\"\nkind = \"DECIDE\"\nstart_event = \"ACCEPTED\"\ndays = 7",
               "id = \"N58-DECIDE\"\nkind = \"DECIDE\"\nstart_event = \"ACCEPTED\"\ndays = 5");
  next.Replace("catalogue.toml", "version = \"58.", "version = \"58.5.");
  const nlohmann::json json = Json(next.path(), {"--on", "2026-08-03"});
  std::vector<std::string> moved;
  for (const nlohmann::json& one : json["differences"]) {
    EXPECT_EQ(one["difference"], "DUE");
    moved.push_back(absl::StrCat(
        one["name"].get<std::string>(), " ", one["deadline"].get<std::string>(), " ",
        one["before"]["day"].get<std::string>(), " ", one["after"]["day"].get<std::string>()));
  }
  std::sort(moved.begin(), moved.end());
  // 2026-06-19 is a holiday. Of the seven days two were over when the applicant was asked.
  EXPECT_EQ(moved, (std::vector<std::string>{"cases/approved DECIDE 2026-06-12 2026-06-10",
                                             "cases/open serious DECIDE 2026-07-31 2026-07-29",
                                             "cases/refused DECIDE 2026-07-03 2026-07-01",
                                             "cases/supplemented DECIDE 2026-06-23 2026-06-18"}));
  EXPECT_EQ(json["counts"]["open_cases"]["due"], 2);
  EXPECT_EQ(json["counts"]["closed_cases"]["due"], 2);
  EXPECT_EQ(json["counts"]["records"]["unchanged"], 7);
}

// Nothing live is written: neither the stores nor anything beside them.
TEST_F(RehearsalTest, AStoppedStoresFilesAreTheSameAfterwards) {
  Example();
  stores_.Stop();
  const std::string folder = folder_.FilePath("stores");
  const auto before = FilesOf(folder);
  EXPECT_GE(before.size(), 2u);
  EXPECT_GT(Json("deploy/catalogue")["differences"].size(), 0u);
  EXPECT_EQ(FilesOf(folder), before);
}

TEST_F(RehearsalTest, OnACopyOfARunningStore) {
  Example();
  const std::string copy = folder_.FilePath("copy.db");
  Must(stores_.routing().Copy(copy));
  const Outcome live = Run({"rehearse", "deploy/catalogue", "--against", stores_.PathOf("routing"),
                            "--old", old_.path()});
  EXPECT_EQ(live.exit_code, kExitFailed);
  EXPECT_TRUE(absl::StrContains(live.error, "take a copy")) << live.error;
  const Outcome copied = Run({"rehearse", "deploy/catalogue", "--against", copy, "--old",
                              old_.path(), "--on", "2026-08-03", "--json"});
  ASSERT_EQ(copied.exit_code, kExitOk) << copied.error;
  const auto json = nlohmann::json::parse(copied.out);
  EXPECT_EQ(json["counts"]["open_cases"]["compared"], 2);
  EXPECT_EQ(json["counts"]["records"]["compared"], 0);
  // No copy tells of the records: the cases that ended none do. The end of the time of the
  // determination stands, whatever class a fine is of.
  EXPECT_EQ(json["counts"]["closed_cases"]["person"], 2) << copied.out;
  EXPECT_EQ(json["counts"]["closed_cases"]["end_by_person"], 0) << copied.out;
}

TEST_F(RehearsalTest, TheSameLawChangesNothing) {
  Example();
  stores_.Stop();
  const nlohmann::json json = Json(old_.path(), {"--on", "2026-08-03"});
  EXPECT_EQ(json["differences"], nlohmann::json::array());
  EXPECT_EQ(json["pinned_elsewhere"], 0);
}

TEST_F(RehearsalTest, WhatCannotBeRehearsedIsNamed) {
  stores_.Stop();
  folder_.Write("no.db", "nothing of ours, but long enough");
  for (const auto& [against, next] :
       {std::pair(folder_.FilePath("no.db"), std::string("deploy/catalogue")),
        std::pair(folder_.FilePath("none.db"), std::string("deploy/catalogue")),
        std::pair(stores_.PathOf("routing"), folder_.FilePath("no catalogue"))}) {
    const Outcome outcome = Run({"rehearse", next, "--against", against, "--old", old_.path()});
    EXPECT_EQ(outcome.exit_code, kExitFailed) << against;
    EXPECT_EQ(outcome.out, "");
    EXPECT_FALSE(outcome.error.empty());
  }
  const Outcome twice =
      Run(Arguments("deploy/catalogue"), {"--against", stores_.PathOf("routing")});
  EXPECT_EQ(twice.exit_code, kExitFailed);
  EXPECT_TRUE(absl::StrContains(twice.error, "a copy of this service already")) << twice.error;
  EXPECT_EQ(Run({"rehearse", "deploy/catalogue"}).exit_code, kExitUsage);
  EXPECT_EQ(Run({"rehearse", "--against", stores_.PathOf("routing")}).exit_code, kExitUsage);
  EXPECT_EQ(Run(Arguments("deploy/catalogue"), {"--on", "tomorrow"}).exit_code, kExitUsage);
}

}  // namespace
}  // namespace xiufu::ctl
