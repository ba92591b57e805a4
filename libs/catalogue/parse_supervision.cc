#include "libs/catalogue/parse_supervision.h"

#include <algorithm>

#include "libs/catalogue/parse_common.h"
#include "libs/catalogue/start_event.h"
#include "libs/data/table.h"

namespace xiufu::catalogue {
namespace {

constexpr int kMostDays = 1000;
constexpr int kMostRounds = 9;

const std::vector<std::string>& KnownKinds() {
  static const auto* const kinds =
      new std::vector<std::string>{"ACCEPT",  "DECIDE",  "EXTEND", "OVERALL",    "SUPPLEMENT",
                                   "DELIVER", "EXECUTE", "SHARE",  "ORDER_REPLY"};
  return *kinds;
}

Deadline ReadOwnClock(data::Table& row) {
  Deadline clock;
  clock.id = row.Text("id");
  clock.kind = row.OneOf("kind", {"DELIVER", "SUPPLEMENT", "EXECUTE", "SHARE", "ORDER_REPLY"});
  clock.start_event = row.OneOf(
      "start_event", {kTaskGiven, kSupplementRequested, kDecided, kResultReceived, kOrderIssued});
  clock.days = static_cast<int>(row.Integer("days", 1, kMostDays));
  clock.day_kind = row.OneOf("day_kind", {"WORKING", "CALENDAR"}) == "WORKING" ? DayKind::kWorking
                                                                               : DayKind::kCalendar;
  clock.provenance = ReadProvenance(row);
  row.Finish();
  return clock;
}

Reminder ReadReminder(data::Table& row) {
  Reminder reminder;
  reminder.id = row.Text("id");
  reminder.kind = row.Text("kind");
  CheckKnown(row, "kind", {reminder.kind}, KnownKinds());
  reminder.days_before = static_cast<int>(row.Integer("days_before", 1, kMostDays));
  reminder.provenance = ReadProvenance(row);
  row.Finish();
  return reminder;
}

EscalationStep ReadStep(data::Table& row) {
  EscalationStep step;
  step.id = row.Text("id");
  step.kinds = row.Texts("kinds");
  CheckKnown(row, "kinds", step.kinds, KnownKinds());
  step.step = static_cast<int>(row.Integer("step", 1, 9));
  step.to = row.OneOf("to", {"AUTHORITY", "LINE_SUPERIOR", "SUPERVISION", "OPERATOR"});
  step.days_after = static_cast<int>(row.Integer("days_after", 0, kMostDays));
  step.proposes_order = row.OptionalBool("proposes_order", false);
  step.provenance = ReadProvenance(row);
  row.Finish();
  return step;
}

Rounds ReadRounds(data::Table& row) {
  Rounds rounds;
  rounds.id = row.Text("id");
  rounds.by = row.OneOf("by", {"AUTHORITY", "REVIEWER"});
  rounds.most = static_cast<int>(row.Integer("most", 0, kMostRounds));
  rounds.provenance = ReadProvenance(row);
  row.Finish();
  return rounds;
}

}  // namespace

Supervision ParseSupervision(const data::File& file, data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  Supervision supervision;
  for (data::Table& row : table.Tables("own_clock")) {
    const Deadline clock = ReadOwnClock(row);
    CheckNew(row, "id", clock.id, supervision.own_clocks, &Deadline::id);
    supervision.own_clocks.push_back(clock);
  }
  for (data::Table& row : table.OptionalTables("reminder")) {
    const Reminder reminder = ReadReminder(row);
    CheckNew(row, "id", reminder.id, supervision.reminders, &Reminder::id);
    supervision.reminders.push_back(reminder);
  }
  for (data::Table& row : table.OptionalTables("escalation")) {
    const EscalationStep step = ReadStep(row);
    CheckNew(row, "id", step.id, supervision.escalation, &EscalationStep::id);
    supervision.escalation.push_back(step);
  }
  for (data::Table& row : table.OptionalTables("rounds")) {
    const Rounds rounds = ReadRounds(row);
    CheckNew(row, "id", rounds.id, supervision.rounds, &Rounds::id);
    supervision.rounds.push_back(rounds);
  }
  table.Finish();
  std::stable_sort(
      supervision.escalation.begin(), supervision.escalation.end(),
      [](const EscalationStep& a, const EscalationStep& b) { return a.step < b.step; });
  return supervision;
}

}  // namespace xiufu::catalogue
