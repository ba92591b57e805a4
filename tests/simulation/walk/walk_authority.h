#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/sim_system.h"
#include "tests/simulation/walk/dice.h"

namespace xiufu::simulation {

// The system of an authority that says anything to any of its tasks at any time, sensible or not.
class WalkAuthority final : public SimSystem {
 public:
  WalkAuthority(std::string code, const Clock* clock, Random* random)
      : SimSystem(std::move(code), clock), dice_(random) {}

  // Gives an answer of some kind to one of the tasks that ever came; again one that was given, now
  // and then. False when it has no task.
  bool SayAnything();

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

 private:
  using Kind = decltype(department::Answer::kind);
  Kind Anything(const department::Task& task);
  Kind AnythingToAnObjection();
  department::Decided AnyDecision(const department::Task& task);
  absl::Status Lost();  // now and then

  Dice dice_;
  std::vector<department::Task> tasks_;
  std::vector<department::Answer> said_;
};

}  // namespace xiufu::simulation
