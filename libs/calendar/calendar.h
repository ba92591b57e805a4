#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/calendar/exception.h"

namespace xiufu::calendar {

struct NamedDay {
  absl::CivilDay day;
  std::string name;  // Chinese name of the holiday it is or makes up for
  friend bool operator==(const NamedDay&, const NamedDay&) = default;
};

// A last day with everything that led to it.
struct Due {
  absl::CivilDay day;
  // A day that was looked at lies in a year whose holidays are not announced yet: the day may still
  // change.
  bool provisional = false;
  std::vector<NamedDay> holidays_skipped;     // public holidays, weekends among them included
  std::vector<NamedDay> makeup_days_counted;  // weekend days that were worked
  std::vector<ExceptionDay> exceptions;       // days on which the authority does otherwise
};

// One announced year.
struct YearCalendar {
  int year = 0;
  std::map<absl::CivilDay, std::string> holidays;  // off; the value is the holiday's name
  std::map<absl::CivilDay, std::string> makeups;   // weekend days that are worked
};

// What a calendar is made of.
struct CalendarData {
  std::vector<YearCalendar> years;
  // Days that are certain to be off in years not announced yet.
  std::map<absl::CivilDay, std::string> statutory;
  std::vector<Exception> exceptions;
  std::string version;
  std::string sha256;
  std::string archive;
};

// The working days of the State Council's yearly notices (deploy/calendars), and for an authority
// its own exceptions from them. Immutable, thread-safe, cheap to copy.
class Calendar {
 public:
  // Reads <year>.toml files, statutory.toml and exceptions.toml. INVALID_ARGUMENT lists everything
  // wrong, each with file:line.
  static absl::StatusOr<Calendar> Load(absl::string_view dir);
  // The same from archive().
  static absl::StatusOr<Calendar> FromFiles(absl::string_view archive);
  explicit Calendar(CalendarData data);

  // The days as they are for one authority: an exception that names its code goes before one that
  // names its kind.
  Calendar For(absl::string_view authority_code, absl::string_view authority_kind) const;

  bool IsWorkingDay(absl::CivilDay day) const;
  // The year's notice is not loaded: working days are weekdays that are no statutory day.
  bool IsProvisional(absl::CivilDay day) const;
  // The n-th working day after `start`, which is not counted itself (民法典 201). n >= 1; n = 0
  // gives `start`.
  Due AddWorkingDays(absl::CivilDay start, int n) const;
  // `day` itself when it is a working day, else the next one (民法典 203).
  Due OnOrAfter(absl::CivilDay day) const;
  // Everything that lies in (after, through], as AddWorkingDays tells it; its day is `through`.
  Due PassOver(absl::CivilDay after, absl::CivilDay through) const;
  // Working days in (after, through]; 0 when through <= after.
  int CountWorkingDays(absl::CivilDay after, absl::CivilDay through) const;

  // Names the revisions of all files and their content, e.g.
  // "2024.1+2025.1+2026.1+exceptions.1+statutory.1@1f2e3d4c5b6a".
  const std::string& version() const;
  const std::string& sha256() const;   // hex, over names and contents of all files
  const std::string& archive() const;  // of all files; what FromFiles restores it from
  const std::vector<Exception>& exceptions() const;

 private:
  struct Shared;
  const YearCalendar* YearOf(absl::CivilDay day) const;
  const std::string* HolidayName(absl::CivilDay day) const;
  const std::string* MakeupName(absl::CivilDay day) const;
  // By the State's notices alone.
  bool IsPublicWorkingDay(absl::CivilDay day) const;
  // The authority's exception on that day, if it makes a difference.
  const Exception* ExceptionOn(absl::CivilDay day) const;
  // Takes one day into the account of `due`; true when it is a working day.
  bool Visit(absl::CivilDay day, Due& due) const;

  std::shared_ptr<const Shared> shared_;
  std::map<absl::CivilDay, const Exception*> own_;  // into shared_
};

}  // namespace xiufu::calendar
