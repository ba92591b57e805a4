#pragma once

#include <string>
#include <vector>

#include "services/publication/domain/record.h"
#include "tests/simulation/sim_door.h"
#include "tests/simulation/walk/walk_step.h"

namespace xiufu::simulation {

// The records of a walk and those who speak of them: feeds, authorities that act by themselves,
// whoever compares a decision with a record that has changed.
class WalkFeeds {
 public:
  WalkFeeds(SimWorld* world, Dice dice);

  const std::vector<std::string>& subjects() const { return subjects_; }
  const std::vector<Id>& records() const { return records_; }
  std::vector<Id> RecordsOf(const std::string& uscc);
  std::string SubjectOf(const Id& record);
  // As an upstream door knows one of them; now and then one that there is not.
  SimDoor::About AnyAbout();
  // Codes of authorities that decide here.
  static const std::vector<std::string>& Authorities();

  WalkStep Correct();
  WalkStep Report();
  WalkStep LetStand();

 private:
  std::string Row(int number) const;

  SimWorld* const world_;
  Dice dice_;
  const absl::CivilDay first_;
  std::vector<std::string> subjects_;
  std::vector<Id> records_;
  std::vector<std::string> words_;  // of each row
};

}  // namespace xiufu::simulation
