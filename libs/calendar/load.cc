// The only file of this library that reads files.
#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/calendar/calendar.h"
#include "libs/data/archive.h"
#include "libs/data/folder.h"
#include "libs/data/table.h"

namespace xiufu::calendar {
namespace {

using Days = std::map<absl::CivilDay, std::string>;

constexpr char kStatutoryStem[] = "statutory";
constexpr char kExceptionsStem[] = "exceptions";
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

// A receipt lists days with their names, separated by semicolons.
std::string ReadName(data::Table& table) {
  std::string name = table.Text("name");
  if (absl::StrContains(name, ';')) table.ComplainAbout("name", "a semicolon");
  return name;
}

// [[holiday]]: from .. to off, both inclusive.
void ReadHoliday(data::Table& table, int year, Days& holidays) {
  const std::string name = ReadName(table);
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
  const int64_t counted = Calendar({.years = {year}})
                              .CountWorkingDays(absl::CivilDay(year.year - 1, 12, 31),
                                                absl::CivilDay(year.year, 12, 31));
  if (counted != expected) {
    table.ComplainAbout("working_days", absl::StrCat("the days listed make ", counted));
  }
}

std::string RevisionOf(data::Table& table, const std::string& stem) {
  return absl::StrCat(stem, ".", table.Integer("revision", 1, 1'000'000));
}

std::string ReadRevision(data::Table& table, const std::string& stem) {
  table.Text("source");
  table.OneOf("confidence", kConfidences);
  return RevisionOf(table, stem);
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

// [[exception]]
Exception ReadException(data::Table& table) {
  Exception exception;
  exception.file = table.file();
  exception.line = table.line();
  exception.name = ReadName(table);
  table.Text("name_en");
  exception.authorities = table.OptionalTexts("authorities");
  exception.authority_kinds = table.OptionalTexts("authority_kinds");
  if (exception.authorities.empty() && exception.authority_kinds.empty()) {
    table.Complain("authorities or authority_kinds: missing");
  }
  exception.days = table.OptionalDays("days");
  if (exception.days.empty()) table.Complain("days: missing");
  const std::optional<bool> working = table.OptionalTruth("working");
  if (!working.has_value()) table.Complain("working: missing");
  exception.working = working.value_or(false);
  exception.source = table.Text("source");
  exception.confidence = table.OneOf("confidence", kConfidences);
  table.Finish();
  return exception;
}

// One authority, or one line, has one day once: else which row counts would be chance.
class DaysOnce {
 public:
  void Check(data::Table& table, const Exception& exception) {
    for (const std::string& code : exception.authorities) Take(table, "code", code, exception);
    for (const std::string& kind : exception.authority_kinds) Take(table, "kind", kind, exception);
  }

 private:
  void Take(data::Table& table, const char* of, const std::string& who,
            const Exception& exception) {
    for (absl::CivilDay day : exception.days) {
      if (seen_.emplace(of, who, day).second) continue;
      table.ComplainAbout("days", absl::StrCat("a day named twice for ", who));
    }
  }

  std::set<std::tuple<std::string, std::string, absl::CivilDay>> seen_;
};

std::vector<Exception> ReadExceptions(const data::File& file, data::Problems& problems,
                                      std::vector<std::string>& revisions) {
  data::Table table(file.path, file.root, problems);
  revisions.push_back(RevisionOf(table, file.stem));
  std::vector<Exception> exceptions;
  DaysOnce once;
  for (data::Table& row : table.OptionalTables("exception")) {
    exceptions.push_back(ReadException(row));
    once.Check(row, exceptions.back());
  }
  table.Finish();
  return exceptions;
}

const data::File* FindFile(const std::vector<data::File>& files, absl::string_view stem) {
  const auto at = std::find_if(files.begin(), files.end(),
                               [&](const data::File& file) { return file.stem == stem; });
  return at == files.end() ? nullptr : &*at;
}

absl::StatusOr<Calendar> Build(const std::vector<data::File>& files, absl::string_view dir,
                               data::Problems& problems) {
  CalendarData data;
  std::vector<std::string> revisions;
  for (const data::File& file : files) {
    if (file.stem == kStatutoryStem || file.stem == kExceptionsStem) continue;
    data.years.push_back(ReadYear(file, problems, revisions));
  }
  if (const data::File* file = FindFile(files, kExceptionsStem)) {
    data.exceptions = ReadExceptions(*file, problems, revisions);
  }
  if (const data::File* file = data::RequireFile(files, dir, kStatutoryStem, problems)) {
    data.statutory = ReadStatutory(*file, problems, revisions);
  }
  if (absl::Status status = problems.ToStatus(); !status.ok()) return status;
  data.sha256 = data::DigestOf(files);
  data.version =
      absl::StrCat(absl::StrJoin(revisions, "+"), "@", data.sha256.substr(0, kDigestShown));
  data.archive = data::ArchiveOf(files);
  return Calendar(std::move(data));
}

}  // namespace

absl::StatusOr<Calendar> Calendar::Load(absl::string_view dir) {
  data::Problems problems;
  const std::vector<data::File> files = data::ReadFolder(dir, problems);
  return Build(files, dir, problems);
}

absl::StatusOr<Calendar> Calendar::FromFiles(absl::string_view archive) {
  data::Problems problems;
  const std::vector<data::File> files = data::FilesOf(archive, problems);
  return Build(files, "archive", problems);
}

}  // namespace xiufu::calendar
