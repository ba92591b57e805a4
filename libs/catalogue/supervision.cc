#include "libs/catalogue/supervision.h"

#include "absl/algorithm/container.h"

namespace xiufu::catalogue {
namespace {

template <typename Row>
const Row* FindRow(const std::vector<Row>& rows, absl::string_view kind, absl::CivilDay on) {
  const auto found = absl::c_find_if(
      rows, [&](const Row& row) { return row.kind == kind && row.provenance.InForce(on); });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

const Deadline* Supervision::FindOwnClock(absl::string_view kind, absl::CivilDay on) const {
  return FindRow(own_clocks, kind, on);
}

const Reminder* Supervision::FindReminder(absl::string_view kind, absl::CivilDay on) const {
  return FindRow(reminders, kind, on);
}

const EscalationStep* Supervision::NextStep(absl::string_view kind, int done,
                                            absl::CivilDay on) const {
  const auto found = absl::c_find_if(escalation, [&](const EscalationStep& row) {
    return row.step > done && absl::c_linear_search(row.kinds, kind) && row.provenance.InForce(on);
  });
  return found == escalation.end() ? nullptr : &*found;
}

std::optional<int> Supervision::MostRounds(absl::string_view by, absl::CivilDay on) const {
  const auto found = absl::c_find_if(
      rounds, [&](const Rounds& row) { return row.by == by && row.provenance.InForce(on); });
  if (found == rounds.end()) return std::nullopt;
  return found->most;
}

}  // namespace xiufu::catalogue
