#include <gtest/gtest.h>

#include "libs/calendar/calendar.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::calendar {
namespace {

std::string ErrorOf(const TempFolder& folder) {
  return std::string(Calendar::Load(folder.path()).status().message());
}

void ExpectComplaint(const TempFolder& folder, const std::string& file, int line,
                     const std::string& what) {
  const std::string error = ErrorOf(folder);
  const std::string expected = folder.FilePath(file) + ":" + std::to_string(line) + ": " + what;
  EXPECT_NE(error.find(expected), std::string::npos) << "wanted " << expected << "\ngot " << error;
}

TEST(CalendarLoad, VersionNamesRevisionsAndContent) {
  TempFolder folder("deploy/calendars");
  const std::string before = Calendar::Load(folder.path())->version();
  EXPECT_EQ(before.substr(0, before.find('@')), "2024.1+2025.1+2026.1+exceptions.1+statutory.1");
  EXPECT_EQ(Calendar::Load("deploy/calendars")->version(),
            before);  // of the content, not the place
  folder.Append("2026.toml", "# a comment\n");
  EXPECT_NE(Calendar::Load(folder.path())->version(), before);
}

TEST(CalendarLoad, AMistypedDayIsCaughtByTheTotal) {
  TempFolder folder("deploy/calendars");
  folder.Replace("2026.toml", "to = 2026-10-07", "to = 2026-10-08");
  const int line = folder.Replace("2026.toml", "working_days = 248", "working_days =  248");
  ExpectComplaint(folder, "2026.toml", line, "working_days: the days listed make 247");
}

TEST(CalendarLoad, EveryMistakeIsToldWithItsLine) {
  TempFolder folder("deploy/calendars");
  const int year = folder.Replace("2024.toml", "year = 2024", "year = 2023");
  const int unknown = folder.Replace("2025.toml", "revision = 1", "revision = 1\nrevison = 2") + 1;
  const int weekday = folder.Replace("2026.toml", "[2026-01-04]", "[2026-01-05]");
  const int text = folder.Replace("statutory.toml", "from = 2027-01-01", "from = \"2027-01-01\"");
  ExpectComplaint(folder, "2024.toml", year, "year: not the file's name");
  ExpectComplaint(folder, "2025.toml", unknown, "revison: unknown key");
  ExpectComplaint(folder, "2026.toml", weekday, "work: not a weekend day of 2026");
  ExpectComplaint(folder, "statutory.toml", text, "from: a date (yyyy-mm-dd, without quotes)");
}

TEST(CalendarLoad, SyntaxErrorsAndMissingFiles) {
  TempFolder folder("deploy/calendars");
  folder.Write("2025.toml", "year = 2025\nrevision = = 1\n");
  folder.Remove("statutory.toml");
  const std::string error = ErrorOf(folder);
  EXPECT_NE(error.find(folder.FilePath("2025.toml") + ":2: "), std::string::npos) << error;
  EXPECT_NE(error.find(folder.FilePath("statutory.toml") + ":1: file missing"), std::string::npos);
  EXPECT_FALSE(Calendar::Load("/nonexistent").ok());
  EXPECT_FALSE(Calendar::Load(TempFolder().path()).ok());
}

TEST(CalendarLoad, TheNoticeOfAYearReplacesItsStatutoryDays) {
  TempFolder folder("deploy/calendars");
  folder.Write("2027.toml", R"(year = 2027
revision = 1
source = "test"
confidence = "T"
working_days = 261

[[holiday]]
name = "元旦"
name_en = "New Year's Day"
from = 2027-01-01
to = 2027-01-03
work = [2027-01-09]
)");
  const absl::StatusOr<Calendar> calendar = Calendar::Load(folder.path());
  ASSERT_TRUE(calendar.ok()) << calendar.status();
  EXPECT_FALSE(calendar->IsProvisional(absl::CivilDay(2027, 2, 5)));
  EXPECT_TRUE(calendar->IsWorkingDay(absl::CivilDay(2027, 2, 5)));
  EXPECT_TRUE(calendar->IsWorkingDay(absl::CivilDay(2027, 1, 9)));
}

constexpr char kClosed[] = R"(revision = 1

[[exception]]
authorities = ["transport"]
days = [2026-08-03]
working = false
name = "搬迁停办"
name_en = "Closed for moving"
source = "test"
confidence = "T"
)";

TEST(CalendarLoad, ExceptionsAreOfTheAuthoritiesTheyName) {
  TempFolder folder("deploy/calendars");
  folder.Write("exceptions.toml", kClosed);
  const absl::StatusOr<Calendar> calendar = Calendar::Load(folder.path());
  ASSERT_TRUE(calendar.ok()) << calendar.status();
  const absl::CivilDay day(2026, 8, 3);
  EXPECT_TRUE(calendar->IsWorkingDay(day));
  EXPECT_FALSE(calendar->For("transport", "TRANSPORT").IsWorkingDay(day));
  EXPECT_TRUE(calendar->For("environment", "ENVIRONMENT").IsWorkingDay(day));
  EXPECT_EQ(calendar->For("transport", "").version(), calendar->version());
}

TEST(CalendarLoad, MistakesInExceptionsAreToldWithTheirLine) {
  TempFolder folder("deploy/calendars");
  folder.Write("exceptions.toml", kClosed);
  const int who = folder.Replace("exceptions.toml", "authorities = [\"transport\"]", "") - 1;
  const int days = folder.Replace("exceptions.toml", "[2026-08-03]", "[\"2026-08-03\"]");
  folder.Replace("exceptions.toml", "working = false\n", "");
  const int name = folder.Replace("exceptions.toml", "搬迁停办", "搬迁;停办");
  folder.Append("exceptions.toml", "note = 1\n");
  ExpectComplaint(folder, "exceptions.toml", who, "authorities or authority_kinds: missing");
  ExpectComplaint(folder, "exceptions.toml", who, "working: missing");
  ExpectComplaint(folder, "exceptions.toml", days, "days: a date");
  ExpectComplaint(folder, "exceptions.toml", name, "name: a semicolon");
  EXPECT_NE(ErrorOf(folder).find("note: unknown key"), std::string::npos);
}

TEST(CalendarLoad, OneAuthorityHasADayOnce) {
  TempFolder folder("deploy/calendars");
  folder.Write("exceptions.toml", kClosed);
  folder.Append("exceptions.toml", std::string(kClosed).substr(sizeof("revision = 1")));
  ExpectComplaint(folder, "exceptions.toml", 14, "days: a day named twice for transport");
}

TEST(CalendarLoad, AFolderWithoutExceptionsHasNone) {
  TempFolder folder("deploy/calendars");
  folder.Remove("exceptions.toml");
  const absl::StatusOr<Calendar> calendar = Calendar::Load(folder.path());
  ASSERT_TRUE(calendar.ok()) << calendar.status();
  EXPECT_EQ(calendar->version().find("exceptions"), std::string::npos);
}

TEST(CalendarLoad, TheArchiveRestoresIt) {
  TempFolder folder("deploy/calendars");
  folder.Write("exceptions.toml", kClosed);
  const Calendar calendar = *Calendar::Load(folder.path());
  const absl::StatusOr<Calendar> restored = Calendar::FromFiles(calendar.archive());
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_EQ(restored->version(), calendar.version());
  EXPECT_EQ(restored->sha256(), calendar.sha256());
  EXPECT_EQ(restored->archive(), calendar.archive());
  const absl::CivilDay start(2026, 7, 31);
  EXPECT_EQ(restored->For("transport", "").AddWorkingDays(start, 1).exceptions,
            calendar.For("transport", "").AddWorkingDays(start, 1).exceptions);
  for (size_t cut : {1u, 20u, 500u}) {
    const std::string broken = calendar.archive().substr(0, calendar.archive().size() - cut);
    EXPECT_FALSE(Calendar::FromFiles(broken).ok()) << cut;
  }
  EXPECT_FALSE(Calendar::FromFiles("").ok());
}

}  // namespace
}  // namespace xiufu::calendar
