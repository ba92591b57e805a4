#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/random.h"
#include "tests/simulation/sim_system.h"

namespace xiufu::simulation {

// The system of an authority that says anything to any of its tasks at any time, sensible or not.
class WalkAuthority final : public SimSystem {
 public:
  WalkAuthority(std::string code, const Clock* clock, Random* random)
      : SimSystem(std::move(code), clock), random_(random) {}

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
  int Below(int limit) { return static_cast<int>((*random_)() % static_cast<uint64_t>(limit)); }
  decltype(department::Answer::kind) Anything(const department::Task& task);
  department::Decided AnyDecision(const department::Task& task);
  absl::Status Lost();  // now and then

  Random* const random_;
  std::vector<department::Task> tasks_;
  std::vector<department::Answer> said_;
};

}  // namespace xiufu::simulation
