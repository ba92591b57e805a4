#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "services/routing/domain/case.h"
#include "services/routing/domain/case_input.h"
#include "services/routing/domain/deadline.h"
#include "services/routing/domain/finding.h"
#include "services/routing/domain/light.h"
#include "services/routing/domain/task.h"

namespace xiufu::routing {

// What routing tells the others, as plain data; drivers/event_emitter.h puts it on its stream.
struct CaseOpened {
  std::vector<DeadlineReceipt> deadlines;
  std::vector<Succession> successions;
};
struct TaskGiven {
  Task task;
};
struct CaseChanged {
  absl::Time at;
  std::optional<AuthorityRef> authority;   // where another one has the case now
  std::vector<std::string> defects;        // of a supplement request
  std::vector<DeadlineReceipt> deadlines;  // those that began or moved with this change
  // DECIDED, CONCLUDED; the reasons of NOT_ACCEPTED, EXTENDED and TO_BE_ASSIGNED
  DecisionWords words;
  std::string upstream_step;  // WITH_UPSTREAM: "FILED", "ACCEPTED"
};
// Another calendar was loaded: these are due on another day, or firm now.
struct DeadlinesMoved {
  absl::Time at;
  std::vector<DeadlineReceipt> deadlines;
};
struct SupplementPassedOn {
  int round = 0;  // below 0: answered from the case, counted down
  std::string materials;
  absl::Time at;
  std::string answer_id;             // from the case: the request
  std::vector<std::string> fetched;  // from the case: kinds that an authority or a system has
};
struct AnswerTaken {
  std::string answer;  // xiufu.department.v1.Answer, whole
  absl::Time at;
  std::vector<std::string>
      effects;  // "END_PUBLICITY@publication": what an approval brings about and who carries it
  std::string result_word;
  std::string reported_by;               // empty for an answer to the task
  std::optional<Commitment> commitment;  // of an approval
};
// The finding that counts.
struct RevocationTaken {
  std::string answer;  // xiufu.department.v1.Answer, whole
  absl::Time at;
  FindingLaw law;
  std::string reported_by;
};
// The task needs no answer any more.
struct TaskCancelled {
  std::string cause;  // "WITHDRAWN", "CLOSED_NO_SUPPLEMENT", "DONE_ALREADY"
  absl::Time at;
};
// The applicant's time for a supplement is up.
struct SupplementOverdue {
  int round = 0;
  std::string due_date;
  absl::Time at;
};
// A due date is near, or missed.
struct LightChanged {
  std::string kind;
  Light light = Light::kGreen;
  std::string due_date;
  absl::Time at;
};
struct WithdrawalRefused {
  absl::Time at;
};
struct AnswerFaulty {
  std::string answer_id;
  std::string reason;
};

// What the authority that has the task is told beside it; kinds as in xiufu.department.v1.Reminder.
struct Reminded {
  std::string kind;
  std::string text;  // an order's demand; empty: the adapter has words for the kind
  std::string deadline_kind;
  std::string due_date;  // of that deadline; of an order: of the reply
  std::string number;    // of an order
  absl::Time at;
};
// What a reviewer thinks of a case that did not wait for it.
struct OpinionGiven {
  std::string person;
  std::string text;
  absl::Time at;
};
// The same, to the authority that has the task.
struct OpinionPassedOn {
  Opinion opinion;
};

using CaseEvent =
    std::variant<CaseOpened, TaskGiven, CaseChanged, DeadlinesMoved, SupplementPassedOn,
                 TaskCancelled, SupplementOverdue, LightChanged, WithdrawalRefused, AnswerTaken,
                 RevocationTaken, AnswerFaulty, OpinionGiven, OpinionPassedOn, Reminded>;

}  // namespace xiufu::routing
