#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/routing/domain/case.h"
#include "tests/simulation/sim_world.h"

namespace xiufu::simulation {

// What must hold whatever happens, read from the stores of all five services.
class Invariants {
 public:
  explicit Invariants(SimWorld* world) : world_(world) {}

  // At any moment, whatever is on its way:
  //   one open case per record, across all doors, also one that is not opened yet;
  //   one final decision per case: an end and a line of the ledger never change, and are one;
  //   no clock runs while paused, or after the end, and none grows late then;
  //   nothing ends by silence (said.h);
  //   published is what was decided or reported, and not revoked since (published.h);
  //   an objection ends by its authority's answer or its subject's word, once.
  void AtAnyMoment();
  // When nothing is on its way: the published state is that of the last valid decision, and all
  // five services agree about every case; an upstream door has got everything in order; no event
  // waits or is parked.
  void AtRest();

  // What did not hold.
  const std::vector<std::string>& broken() const { return broken_; }
  // How often each end was reached.
  const std::map<std::string, int>& ends() const { return ends_; }

 private:
  struct CaseRow {
    Id application;
    Id record;
    routing::CaseState state;
    routing::CaseResult result;
    Id decision;
    int64_t version = 0;
    std::string counted_answer;
    friend bool operator==(const CaseRow&, const CaseRow&) = default;
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
  void CheckOneOpenCase();
  void CheckTimers();
  void CheckOverdue();
  void CheckPauses();
  void CheckClock(const Id& case_id, absl::string_view kind, absl::string_view what);
  void ReadLedger();
  void CheckDecisions();
  void CheckNewEnds();
  void CheckObjections();

  SimWorld* const world_;
  std::map<Id, CaseRow> cases_;
  std::map<Id, CaseRow> ended_;
  std::vector<Id> newly_ended_;
  std::map<Id, Line> ledger_;             // by case
  std::map<Id, std::string> objections_;  // that have ended, with the answer
  std::map<std::string, int> ends_;
  std::vector<std::string> broken_;
};

}  // namespace xiufu::simulation
