#pragma once

#include <chrono>
#include <set>

#include "absl/time/civil_time.h"
#include "libs/base/legal_day.h"

namespace xiufu::calendar {

// The working days of 2024-2026 once more, from the notices' own wording and <chrono>, sharing
// nothing with the code under test.
class Oracle {
 public:
  Oracle() {
    Off("2024-01-01", 1), Off("2024-02-10", 8), Off("2024-04-04", 3), Off("2024-05-01", 5);
    Off("2024-06-10", 1), Off("2024-09-15", 3), Off("2024-10-01", 7);
    Work({"2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11"});
    Work({"2024-09-14", "2024-09-29", "2024-10-12"});
    Off("2025-01-01", 1), Off("2025-01-28", 8), Off("2025-04-04", 3), Off("2025-05-01", 5);
    Off("2025-05-31", 3), Off("2025-10-01", 8);
    Work({"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"});
    Off("2026-01-01", 3), Off("2026-02-15", 9), Off("2026-04-04", 3), Off("2026-05-01", 5);
    Off("2026-06-19", 3), Off("2026-09-25", 3), Off("2026-10-01", 7);
    Work({"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20"});
    Work({"2026-10-10"});
  }

  bool IsWorkingDay(absl::CivilDay day) const {
    if (work_.contains(day)) return true;
    if (off_.contains(day)) return false;
    using std::chrono::year;
    const std::chrono::year_month_day date(year(static_cast<int>(day.year())),
                                           std::chrono::month(static_cast<unsigned>(day.month())),
                                           std::chrono::day(static_cast<unsigned>(day.day())));
    const unsigned iso = std::chrono::weekday(std::chrono::sys_days(date)).iso_encoding();
    return iso < 6;
  }

 private:
  void Off(const char* first, int days) {
    for (int i = 0; i < days; ++i) off_.insert(*ParseDay(first) + i);
  }
  void Work(std::initializer_list<const char*> days) {
    for (const char* day : days) work_.insert(*ParseDay(day));
  }

  std::set<absl::CivilDay> off_;
  std::set<absl::CivilDay> work_;
};

}  // namespace xiufu::calendar
