#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "services/routing/drivers/desk_table.h"
#include "tests/simulation/sim_world.h"
#include "tests/simulation/year/arrivals.h"
#include "tests/simulation/year/year_authority.h"

namespace xiufu::simulation {

struct YearSettings {
  int year = 2026;
  int applications = 10000;
  uint64_t seed = 1;
  Weather weather;
  std::string folder;  // for papers
};

// What people did, and what was answered them.
struct YearActs {
  int applications = 0;
  int turned_away = 0;  // arrivals with no record that the law of that day lets repair here
  int supplements = 0;
  int supplements_too_late = 0;
  int withdrawals = 0;
  int withdrawals_too_late = 0;
  int assigned = 0;
  int supplements_allowed = 0;
  int supplements_not_allowed = 0;
};

// A year of applications, and the time until the last of them has ended: everything that people do,
// with the services' own use cases, on the clock of a SimWorld.
class YearRun {
 public:
  explicit YearRun(const YearSettings& settings);
  // Prints a line a month to stderr when `tell` is set.
  void Run(bool tell);

  SimWorld& world() { return *world_; }
  const YearActs& acts() const { return acts_; }
  const std::vector<Id>& applications() const { return applications_; }

 private:
  using Act = absl::AnyInvocable<void()>;
  void At(absl::Time time, Act act) { agenda_.emplace(time, std::move(act)); }

  void BeginDay(absl::CivilDay day);
  void Arrive(const Arrival& arrival);
  void ComeAgain(const Arrival& arrival);
  void PlanWithdrawal(const Id& application);
  void Withdraw(const Id& application, const std::vector<Id>& cases);
  // Every morning applicants look at what became of their applications.
  void LookAtApplications();
  bool LookAt(const Id& application);  // true when all of it has ended
  void PlanSupplement(const Id& application, const Id& case_id, int round, absl::Time requested);
  void Supplement(const Id& application, const Id& case_id);
  void RemindAuthorities();
  // On working days, people at the desk.
  void WorkAtDesk();
  void AssignOne(const Id& case_id);
  void AllowOne(const routing::AnswerKey& answer);
  bool IsOver() const;

  const YearSettings settings_;
  const absl::CivilDay end_;   // first day after the year
  const absl::CivilDay last_;  // whatever has not ended by then never does
  std::unique_ptr<SimWorld> world_;
  std::map<std::string, YearAuthority*> authorities_;
  std::vector<std::string> in_suite_;
  std::map<absl::CivilDay, std::vector<Arrival>> arrivals_;
  std::multimap<absl::Time, Act> agenda_;
  std::set<Id> open_;                                 // applications
  std::set<std::pair<Id, int>> supplements_planned_;  // case and round
  routing::DeskPosition looked_through_;              // answers that do not count
  std::vector<Id> applications_;
  YearActs acts_;
};

}  // namespace xiufu::simulation
