#pragma once

#include <set>
#include <string>
#include <vector>

#include "services/routing/drivers/desk_table.h"
#include "tests/simulation/year/year_stage.h"

namespace xiufu::simulation {

// The persons at routing on working days: reviewers, of whom some never look; the desk that
// assigns; supervisors; who keeps in touch with other systems.
class YearPersons {
 public:
  explicit YearPersons(const YearStage* stage);
  void Work();

 private:
  void Review();
  void AssignCases();
  void AllowSupplements();
  void AskUpstream();
  void PlanUpstream(const Id& case_id, const Id& record);
  void TellLater(Luck& luck, int from_day, int to_day, const Id& case_id, routing::Told told);
  void AssignObjections();
  std::string AnyAuthority(const Id& whom, const std::string& but) const;

  const YearStage stage_;
  std::vector<std::string> in_suite_;
  routing::DeskPosition looked_through_;  // answers that do not count
  std::set<Id> upstream_;                 // cases that were asked about
};

}  // namespace xiufu::simulation
