#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/catalogue/law.h"
#include "libs/storage/session.h"
#include "services/routing/app/supervision_ports.h"
#include "services/routing/drivers/case_table.h"
#include "services/routing/drivers/deadline_table.h"

namespace xiufu::routing {

// What a supervisor looks at. Lists are of every authority where none is named.

struct ClockRow {
  Case kase;
  std::string application_number;
  std::string authority_task_no;
  absl::Time delivered_at;
  DeadlineReceipt receipt;
  Light light = Light::kGreen;
};
struct OverdueRow {
  Id case_id;
  std::string application_number;
  std::string authority_code;
  std::string kind;
  absl::Time since;
  absl::Time until;  // InfinitePast: not met yet
};
struct ReminderRow {
  Id case_id;
  std::string application_number;
  std::string authority_code;
  std::string kind;
  std::string due_date;
  Light light = Light::kYellow;
  absl::Time at;
};
struct EscalationRow {
  Id case_id;
  std::string application_number;
  std::string authority_code;
  EscalationNote note;
};
struct AuthorityCounts {
  int64_t open_cases = 0, ended_cases = 0, gross_ms = 0, net_ms = 0, with_authority_ms = 0,
          longest_net_ms = 0, overdue_now = 0, overdue_ever = 0, undelivered_ever = 0,
          supplement_requests = 0, supplement_rounds = 0, needless_requests = 0, reminders = 0,
          escalations = 0, orders = 0, orders_unanswered = 0;
};

// Where a page of what happened ends: the time, and the key that tells apart what has the same.
struct SupervisionPosition {
  absl::Time at = absl::InfinitePast();
  Id case_id;
  std::string kind;
  int64_t last = 0;  // light or step
};

class SupervisionList {
 public:
  struct Which {
    std::string authority_code;
    std::optional<Id> case_id;
    Light at_least = Light::kGreen;
  };
  // Of whole cases, from the first after `after` on, until there are that many.
  std::vector<ClockRow> Clocks(storage::Session& session, const Which& which, const Id& after,
                               size_t enough, const catalogue::Law& law, absl::Time now) const;
  std::vector<OverdueRow> Overdue(storage::Session& session, absl::string_view authority_code,
                                  bool open_only, const SupervisionPosition& after,
                                  int limit) const;
  std::vector<ReminderRow> Reminders(storage::Session& session, absl::string_view authority_code,
                                     const SupervisionPosition& after, int limit) const;
  std::vector<EscalationRow> Escalations(storage::Session& session,
                                         absl::string_view authority_code, bool open_proposals,
                                         const SupervisionPosition& after, int limit) const;
  AuthorityCounts CountsOf(storage::Session& session, absl::string_view authority_code) const;
  // Missed and not met yet, without what is the suite's own.
  int64_t OverdueNow(storage::Session& session, absl::string_view authority_code) const;

 private:
  void AddClocks(storage::Session& session, const Id& case_id, Light at_least,
                 const catalogue::Law& law, absl::Time now, std::vector<ClockRow>& rows) const;

  const CaseTable cases_{};
  const DeadlineTable deadlines_;
};

}  // namespace xiufu::routing
