#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

// A reminder some working days before a deadline; from that day on its light is yellow.
struct Reminder {
  std::string id;
  std::string kind;  // of the deadline
  int days_before = 0;
  Provenance provenance;
};

// Whom a missed deadline is brought before, and after how many working days over its last one.
struct EscalationStep {
  std::string id;
  std::vector<std::string> kinds;  // of deadlines
  int step = 0;                    // 1, 2, ...
  std::string to;                  // "AUTHORITY", "LINE_SUPERIOR", "SUPERVISION", "OPERATOR"
  int days_after = 0;
  bool proposes_order = false;  // a supervision order (督办单); a person issues it
  Provenance provenance;
};

// How often one who looks at an application may ask for a supplement by himself; once more is for a
// supervisor to allow, and a reviewer's case is passed on.
struct Rounds {
  std::string id;
  std::string by;  // "AUTHORITY", "REVIEWER"
  int most = 0;
  Provenance provenance;
};

// What the suite asks of itself and how it supervises: settings of the suite, no law.
struct Supervision {
  std::vector<Deadline> own_clocks;
  std::vector<Reminder> reminders;
  std::vector<EscalationStep> escalation;  // ascending by step
  std::vector<Rounds> rounds;

  // nullptr when there is none.
  const Deadline* FindOwnClock(absl::string_view kind, absl::CivilDay on) const;
  const Reminder* FindReminder(absl::string_view kind, absl::CivilDay on) const;
  // The first step after `done` steps.
  const EscalationStep* NextStep(absl::string_view kind, int done, absl::CivilDay on) const;
  // Nothing where no row says.
  std::optional<int> MostRounds(absl::string_view by, absl::CivilDay on) const;
};

}  // namespace xiufu::catalogue
