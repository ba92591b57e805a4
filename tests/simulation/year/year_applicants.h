#pragma once

#include <set>
#include <utility>
#include <vector>

#include "tests/simulation/year/arrivals.h"
#include "tests/simulation/year/year_stage.h"

namespace xiufu::simulation {

// Who applies here: looks every morning at what became of it, brings what is missing, in time or
// not, gives up, objects.
class YearApplicants {
 public:
  explicit YearApplicants(const YearStage* stage) : stage_(*stage) {}

  // The records that may be applied for today, at most five.
  std::vector<intake::Eligibility> Repairable(const Arrival& arrival) const;
  // None: turned away.
  std::optional<Id> Arrive(const Arrival& arrival);
  void LookAtApplications();

 private:
  void PlanWithdrawal(const Id& application);
  void PlanObjection(const Arrival& arrival, const Id& application, const Id& record);
  void ObjectToResult(const Arrival& arrival, const Id& application);
  void Object(const std::string& uscc, const Applicant::About& about);
  void Withdraw(const Id& application, const std::vector<Id>& cases);
  struct Asked {
    Id application;
    Id case_id;
  };
  void PlanSupplement(const Asked& asked, int round, absl::Time requested, bool limited);
  void Supplement(const Id& application, const Id& case_id);

  const YearStage stage_;
  std::set<Id> own_;                                  // applications
  std::set<std::pair<Id, int>> supplements_planned_;  // case and round
};

}  // namespace xiufu::simulation
