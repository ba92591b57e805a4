#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulation/sim_world.h"
#include "tests/simulation/walk/invariants.h"
#include "tests/simulation/walk/walk_authority.h"

namespace xiufu::simulation {

// One small world in which anything is done in any order: what applicants, authorities, the desk
// and feeds can do, at wrong moments too; parts of the machinery that work while others stand
// still; messages lost, doubled and late; time that passes with everything still on its way.
// Everything follows from the seed.
class Walk {
 public:
  Walk(uint64_t seed, const std::string& folder);

  // One step, and everything that must hold after it.
  void Step();
  // Brings everything home, and looks once more.
  void Rest();
  const Invariants& invariants() const { return invariants_; }
  // The last steps, for whoever looks for a fault.
  const std::vector<std::string>& trail() const { return trail_; }

 private:
  struct Case {
    Id id;
    Id application;
    routing::CaseState state;
  };
  int Below(int limit) { return static_cast<int>(random_() % static_cast<uint64_t>(limit)); }
  template <typename T>
  const T& AnyOf(const std::vector<T>& all) {
    return all[Below(static_cast<int>(all.size()))];
  }

  void Did(std::string what) { trail_.push_back(std::move(what)); }
  void ImportRecords();
  void CorrectRecord();
  void Apply();
  void Supplement();
  void Withdraw();
  void Assign();
  void Allow();
  void Report();
  void LetStand();
  void Answer();
  void Work();
  void PassTime();
  std::vector<Case> Cases();
  // One in that state as a rule, else any.
  std::optional<Case> SomeCase(routing::CaseState state);
  std::string Row(int subject, int record) const;

  Random random_;
  std::vector<WalkAuthority*> authorities_;
  SimWorld world_;
  Invariants invariants_;
  std::vector<Id> records_;
  std::vector<std::string> words_;  // of each record's row, by subject and record
  std::vector<std::string> trail_;
};

}  // namespace xiufu::simulation
