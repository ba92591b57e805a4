// The only file of this library that reads files.
#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/calendar/calendar.h"
#include "libs/data/folder.h"
#include "libs/data/table.h"

namespace xiufu::calendar {
namespace {

using Days = std::map<absl::CivilDay, std::string>;

constexpr char kStatutoryStem[] = "statutory";
constexpr size_t kDigestShown = 12;
constexpr absl::string_view kConfidences[] = {"T", "S", "F", "M", "I", "C"};

bool FallsOnWeekend(absl::CivilDay day) {
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
}

void AddDay(data::Table& table, absl::string_view key, absl::CivilDay day, const std::string& name,
            Days& days) {
  if (!days.emplace(day, name).second) table.ComplainAbout(key, "a day named twice");
}

// [[holiday]]: from .. to off, both inclusive.
void ReadHoliday(data::Table& table, int year, Days& holidays) {
  const std::string name = table.Text("name");
  table.Text("name_en");
  const absl::CivilDay from = table.Day("from"), to = table.Day("to");
  if (from > to || to - from > 31 || from.year() != year || to.year() != year) {
    table.ComplainAbout("from", absl::StrCat("from and to do not span days of ", year));
    return;
  }
  for (absl::CivilDay day = from; day <= to; ++day) AddDay(table, "from", day, name, holidays);
}

// The weekend days that are worked for the holiday.
void ReadMakeups(data::Table& table, int year, Days& makeups) {
  const std::string name = table.OptionalText("name");
  for (absl::CivilDay day : table.OptionalDays("work")) {
    if (day.year() != year || !FallsOnWeekend(day)) {
      table.ComplainAbout("work", absl::StrCat("not a weekend day of ", year));
    } else {
      AddDay(table, "work", day, name, makeups);
    }
  }
}

// Guards against a mistyped date: the year's working days are counted and compared with the figure
// in the file.
void CheckTotal(data::Table& table, const YearCalendar& year) {
  const int64_t expected = table.Integer("working_days", 200, 300);
  const int64_t counted = Calendar({year}, {}, "")
                              .CountWorkingDays(absl::CivilDay(year.year - 1, 12, 31),
                                                absl::CivilDay(year.year, 12, 31));
  if (counted != expected) {
    table.ComplainAbout("working_days", absl::StrCat("the days listed make ", counted));
  }
}

std::string ReadRevision(data::Table& table, const std::string& stem) {
  table.Text("source");
  table.OneOf("confidence", kConfidences);
  return absl::StrCat(stem, ".", table.Integer("revision", 1, 1'000'000));
}

YearCalendar ReadYear(const data::File& file, data::Problems& problems,
                      std::vector<std::string>& revisions) {
  data::Table table(file.path, file.root, problems);
  YearCalendar year;
  year.year = static_cast<int>(table.Integer("year", 1950, 2200));
  if (absl::StrCat(year.year) != file.stem) table.ComplainAbout("year", "not the file's name");
  revisions.push_back(ReadRevision(table, file.stem));
  for (data::Table& holiday : table.Tables("holiday")) {
    ReadHoliday(holiday, year.year, year.holidays);
    ReadMakeups(holiday, year.year, year.makeups);
    holiday.Finish();
  }
  CheckTotal(table, year);
  table.Finish();
  return year;
}

// [[year]] with its [[year.holiday]]: days off that are certain before the notice comes.
Days ReadStatutory(const data::File& file, data::Problems& problems,
                   std::vector<std::string>& revisions) {
  data::Table table(file.path, file.root, problems);
  Days days;
  revisions.push_back(ReadRevision(table, file.stem));
  for (data::Table& year : table.OptionalTables("year")) {
    const int number = static_cast<int>(year.Integer("year", 1950, 2200));
    for (data::Table& holiday : year.Tables("holiday")) {
      ReadHoliday(holiday, number, days);
      holiday.Finish();
    }
    year.Finish();
  }
  table.Finish();
  return days;
}

}  // namespace

absl::StatusOr<Calendar> Calendar::Load(absl::string_view dir) {
  data::Problems problems;
  const std::vector<data::File> files = data::ReadFolder(dir, problems);
  std::vector<YearCalendar> years;
  std::vector<std::string> revisions;
  for (const data::File& file : files) {
    if (file.stem != kStatutoryStem) years.push_back(ReadYear(file, problems, revisions));
  }
  Days statutory;
  if (const data::File* file = data::RequireFile(files, dir, kStatutoryStem, problems)) {
    statutory = ReadStatutory(*file, problems, revisions);
  }
  if (absl::Status status = problems.ToStatus(); !status.ok()) return status;
  return Calendar(std::move(years), std::move(statutory),
                  absl::StrCat(absl::StrJoin(revisions, "+"), "@",
                               data::DigestOf(files).substr(0, kDigestShown)));
}

}  // namespace xiufu::calendar
