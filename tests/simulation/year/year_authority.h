#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "tests/simulation/luck.h"
#include "tests/simulation/sim_system.h"
#include "tests/simulation/year/character.h"

namespace xiufu::simulation {

// The system of an authority with a character, and the people behind it. What it does with a task
// follows from the seed and the task alone.
class YearAuthority final : public SimSystem {
 public:
  YearAuthority(std::string code, const Clock* clock, uint64_t seed)
      : SimSystem(std::move(code), clock), seed_(seed), character_(CharacterOf(this->code())) {}

  absl::StatusOr<department::Receipt> Deliver(const department::Task& task,
                                              const department::ApplicationFile& file,
                                              absl::Time deadline) override;
  absl::StatusOr<department::Receipt> Query(const department::Task& task,
                                            absl::Time deadline) override;
  absl::Status PassOn(const department::Task& task, const department::Supplement& supplement,
                      const department::ApplicationFile& file, absl::Time deadline) override;
  absl::Status Complain(const department::Task& task, const department::Fault& fault,
                        absl::Time deadline) override;
  absl::Status Cancel(const department::Task& task, const department::Cancellation& cancellation,
                      absl::Time deadline) override;

  // Somebody tells its people that the case is late. No effect on one that they are at work on.
  void Remind(const Id& case_id);

 private:
  struct Work {
    department::Task task;
    int last_round = 0;   // of a supplement
    int supplements = 0;  // received
    bool over = false;    // cancelled
  };

  void Begin(const Work& work);
  void AnswerObjection(const Work& work);
  // Accepts, and asks or decides; or does not accept.
  void TakeUp(const Work& work, absl::Time at);
  void Ask(const Work& work, absl::Time at, absl::string_view round);
  void Decide(const Work& work, absl::Time at, absl::string_view suffix);
  // Weeks after an approval, now and then.
  void Find(const Work& work, absl::Time decided);
  void Say(const Work& work, absl::Time at, absl::string_view name,
           decltype(department::Answer::kind) kind);
  Luck LuckOf(const Work& work, absl::string_view what) const;
  absl::Time After(absl::Time at, const int (&hours)[2], Luck& luck) const;
  // When its people are there, not before `at`.
  absl::Time OfficeTime(absl::Time at) const;

  const uint64_t seed_;
  const Character& character_;
  std::map<Id, int> calls_;   // of delivery, by task
  std::map<Id, Work> works_;  // by task
  std::map<Id, Id> silent_;   // case → task: not looked at until somebody reminds
  std::set<Id> returned_;     // cases
};

}  // namespace xiufu::simulation
