#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/simulation/year/agenda.h"
#include "tests/simulation/year/arrivals.h"
#include "tests/simulation/year/year_applicants.h"
#include "tests/simulation/year/year_authority.h"
#include "tests/simulation/year/year_door.h"
#include "tests/simulation/year/year_persons.h"
#include "tests/simulation/year/year_stage.h"

namespace xiufu::simulation {

struct YearSettings {
  int year = 2026;
  int applications = 10000;
  uint64_t seed = 1;
  Weather weather;
  std::string folder;  // for papers
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

 private:
  void BeginDay(absl::CivilDay day);
  // The rows that bring those who arrive.
  void ImportFeeds(const std::vector<Arrival>& arrivals);
  void Arrive(const Arrival& arrival);
  void ComeAgain(const Arrival& arrival);
  void RemindAuthorities();
  int Open() const;  // cases and objections
  bool IsOver() const;

  const YearSettings settings_;
  const absl::CivilDay end_;   // first day after the year
  const absl::CivilDay last_;  // whatever has not ended by then never does
  std::unique_ptr<SimWorld> world_;
  std::map<std::string, YearAuthority*> authorities_;
  std::map<absl::CivilDay, std::vector<Arrival>> arrivals_;
  Agenda agenda_;
  YearActs acts_;
  YearStage stage_;
  std::unique_ptr<YearApplicants> applicants_;
  std::unique_ptr<YearDoor> door_;
  std::unique_ptr<YearPersons> persons_;
};

}  // namespace xiufu::simulation
