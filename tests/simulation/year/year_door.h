#pragma once

#include <map>
#include <string>

#include "tests/simulation/year/arrivals.h"
#include "tests/simulation/year/year_stage.h"

namespace xiufu::simulation {

// Who applies at 信用中国, which pushes it here and is told what becomes of it.
class YearDoor {
 public:
  explicit YearDoor(const YearStage* stage) : stage_(*stage) {}

  // It is public, and still will be when its papers are here.
  bool MayPush(const Id& record) const;
  // One application for this record.
  void Arrive(const Arrival& arrival, const Id& record);
  // Somebody has applied here, and there as well.
  void PushAgain(const Id& application, const Id& record);
  // Every morning people look there at what came back.
  void LookAtReturns();

 private:
  struct Pushed {
    absl::Time at;
    bool own = false;  // becomes an application
    bool counted = false;
    int supplemented = 0;  // rounds that were looked at
  };
  void Push(const std::string& number, const Id& record, bool own);
  bool IsOver(const std::string& number, Pushed& pushed);
  void PlanSupplement(const std::string& number, int round);

  const YearStage stage_;
  std::map<std::string, Pushed> open_;  // by number
};

}  // namespace xiufu::simulation
