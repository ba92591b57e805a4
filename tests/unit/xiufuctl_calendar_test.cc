// xiufuctl calendar due, on the calendars that are shipped.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "services/xiufuctl/calendar_command.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/xiufuctl_run.h"

namespace xiufu::ctl {
namespace {

Outcome RunCalendarCommand(const std::vector<std::string>& args) {
  return RunFamily(CalendarCommands(), args);
}

TEST(CalendarCommand, PrintsTheDueDay) {
  EXPECT_EQ(RunCalendarCommand({"due", "2026-09-30", "3"}).out, "2026-10-10\n");
  EXPECT_EQ(RunCalendarCommand({"due", "2026-09-30", "0"}).out, "2026-09-30\n");
  const Outcome provisional = RunCalendarCommand({"due", "2026-12-30", "2"});
  EXPECT_EQ(provisional.exit_code, kExitOk);
  EXPECT_EQ(provisional.out, "2027-01-04\n");
  EXPECT_TRUE(absl::StrContains(provisional.error, "provisional"));
}

TEST(CalendarCommand, TellsWhatLedToIt) {
  const auto json =
      nlohmann::json::parse(RunCalendarCommand({"due", "2026-09-18", "10", "--json"}).out);
  EXPECT_EQ(json["due"], "2026-10-09");
  EXPECT_EQ(json["provisional"], false);
  EXPECT_EQ(json["holidays_skipped"].size(), 10u);
  EXPECT_EQ(json["makeup_days_counted"],
            (nlohmann::json{{{"day", "2026-09-20"}, {"name", "国庆节"}}}));
}

TEST(CalendarCommand, CountsAnAuthoritysExceptions) {
  TempFolder calendars("deploy/calendars");
  calendars.Write("exceptions.toml", R"(revision = 2

[[exception]]
authority_kinds = ["TRANSPORT"]
days = [2026-11-24]
working = false
name = "搬迁停办"
name_en = "Closed for moving"
source = "test"
confidence = "T"
)");
  const std::vector<std::string> all = {"due",         "2026-11-23",     "1",
                                        "--calendars", calendars.path(), "--json"};
  std::vector<std::string> one = all;
  one.insert(one.end(), {"--authority", "transport"});
  EXPECT_EQ(nlohmann::json::parse(RunCalendarCommand(all).out)["due"], "2026-11-24");
  const auto json = nlohmann::json::parse(RunCalendarCommand(one).out);
  EXPECT_EQ(json["due"], "2026-11-25");
  EXPECT_EQ(json["exceptions"],
            (nlohmann::json{{{"day", "2026-11-24"}, {"working", false}, {"name", "搬迁停办"}}}));
  one.back() = "nobody";
  const Outcome unknown = RunCalendarCommand(one);
  EXPECT_EQ(unknown.exit_code, kExitFailed);
  EXPECT_TRUE(absl::StrContains(unknown.error, "nobody")) << unknown.error;
}

TEST(CalendarCommand, MovesNeedAServiceAndItsCredentials) {
  TempFolder folder;
  const Outcome outcome =
      RunCalendarCommand({"moves", "--target", "127.0.0.1:7102", "--credentials", folder.path()});
  EXPECT_EQ(outcome.exit_code, kExitFailed);
  EXPECT_TRUE(absl::StrContains(outcome.error, "operator.token")) << outcome.error;
  const Outcome nowhere = RunCalendarCommand({"moves", "--config", folder.path()});
  EXPECT_TRUE(absl::StrContains(nowhere.error, "routing.toml")) << nowhere.error;
  EXPECT_EQ(RunCalendarCommand({"moves", "now"}).exit_code, kExitUsage);
}

TEST(CalendarCommand, AnswersAFileInItsOrder) {
  TempFolder folder;
  folder.Write("in.csv",
               "\xEF\xBB\xBFstart,working_days\r\n2026-12-30,2\r\n\"2024-02-08\", "
               "3\r\n\r\n2026-02-13,10\r\n");
  const Outcome outcome = RunCalendarCommand({"due", "--csv", folder.FilePath("in.csv")});
  EXPECT_EQ(outcome.exit_code, kExitOk) << outcome.error;
  EXPECT_EQ(outcome.out,
            "start,working_days,due,provisional\n"
            "2026-12-30,2,2027-01-04,true\n"
            "2024-02-08,3,2024-02-19,false\n"
            "2026-02-13,10,2026-03-05,false\n");
}

TEST(CalendarCommand, ALineThatAsksNothingIsNamedAndTheOthersAreAnswered) {
  TempFolder folder;
  folder.Write("in.csv",
               "start,working_days\n2026-13-01,2\n2024-02-08\n2024-02-08,-1\n2024-02-08,3\n");
  const Outcome outcome = RunCalendarCommand({"due", "--csv", folder.FilePath("in.csv")});
  EXPECT_EQ(outcome.exit_code, kExitFailed);
  EXPECT_EQ(outcome.out, "start,working_days,due,provisional\n2024-02-08,3,2024-02-19,false\n");
  for (const char* part : {"line 2: start", "line 3: ", "line 4: working_days"}) {
    EXPECT_TRUE(absl::StrContains(outcome.error, part)) << outcome.error;
  }
}

// The first line is taken as a header: a question there would be lost without a word.
TEST(CalendarCommand, AFileWithoutAHeaderIsRefused) {
  TempFolder folder;
  folder.Write("in.csv",
               "\xEF\xBB\xBF"
               "2026-11-24,10\n2026-11-25,10\n");
  const Outcome outcome = RunCalendarCommand({"due", "--csv", folder.FilePath("in.csv")});
  EXPECT_EQ(outcome.exit_code, kExitUsage);
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(absl::StrContains(outcome.error, "line 1 is to be the header")) << outcome.error;
}

TEST(CalendarCommand, AWrongQuestionIsAUsageErrorThatNamesTheField) {
  for (const auto& [args, part] :
       {std::pair(std::vector<std::string>{"due", "2026-02-30", "3"}, "start"),
        std::pair(std::vector<std::string>{"due", "2026-02-27", "three"}, "working_days"),
        std::pair(std::vector<std::string>{"due", "2026-02-27", "5001"}, "working_days"),
        std::pair(std::vector<std::string>{"due", "2026-02-27"}, "usage"),
        std::pair(std::vector<std::string>{"due", "2026-02-27", "3", "--csv", "x"}, "usage")}) {
    const Outcome outcome = RunCalendarCommand(args);
    EXPECT_EQ(outcome.exit_code, kExitUsage);
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(absl::StrContains(outcome.error, part)) << outcome.error;
  }
  EXPECT_EQ(RunCalendarCommand({"due", "--csv", "/nonexistent"}).exit_code, kExitFailed);
}

}  // namespace
}  // namespace xiufu::ctl
