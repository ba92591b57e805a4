#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/routing/domain/case.h"
#include "tests/simulation/sim_world.h"

namespace xiufu::simulation {

// What must hold whatever happens, read from the stores of all five services.
class Invariants {
 public:
  explicit Invariants(SimWorld* world) : world_(world) {}

  // At any moment, whatever is on its way:
  //   one open case per record;
  //   one final decision per case: an end and a line of the ledger never change, and are one;
  //   no clock runs while paused, or after the end;
  //   nothing ends by silence: for every end somebody said what leads to it;
  //   nothing is ended in public that the ledger has not decided.
  void AtAnyMoment();
  // When nothing is on its way: the published state is that of the last valid decision, and all
  // five services agree about every case.
  void AtRest();

  // What did not hold.
  const std::vector<std::string>& broken() const { return broken_; }
  // How often each end was reached.
  const std::map<std::string, int>& ends() const { return ends_; }

 private:
  struct End {
    routing::CaseState state;
    routing::CaseResult result;
    Id decision;
    friend bool operator==(const End&, const End&) = default;
  };
  struct Line {
    Id id;
    Id record;
    routing::CaseResult result;
    std::string answer;
    friend bool operator==(const Line&, const Line&) = default;
  };
  void Break(const Id& id, absl::string_view what);
  void ReadCases();
  void CheckClocks();
  void ReadLedger();
  void CheckRecords();
  void CheckNewEnds();
  bool WasSaid(const Id& case_id, const End& end);

  SimWorld* const world_;
  std::map<Id, routing::CaseState> states_;
  std::map<Id, End> ended_;
  std::vector<Id> newly_ended_;
  std::map<Id, Line> ledger_;  // by case
  std::map<std::string, int> ends_;
  std::vector<std::string> broken_;
};

}  // namespace xiufu::simulation
