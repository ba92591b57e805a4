#pragma once

#include <map>
#include <string>
#include <utility>

#include "tests/simulation/random.h"
#include "tests/simulation/sim_system.h"

namespace xiufu::simulation {

// An authority's system in the same process: acknowledges each task, then, hours or days later,
// accepts it and decides. Now and then a call is lost on its way, before or after it had its
// effect; answers may come twice.
class SimAuthority final : public SimSystem {
 public:
  SimAuthority(std::string code, const Clock* clock, Random* random)
      : SimSystem(std::move(code), clock), random_(random) {}

  // The first case of each application is refused once in `every`; 0 never.
  void RefuseEvery(int every) { refuse_every_ = every; }
  // Asks for a supplement before it decides.
  void AskForSupplements(bool ask) { ask_for_supplements_ = ask; }

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
  void Plan(const department::Task& task);
  void PlanDecision(const Id& task, uint64_t record_version, absl::Time after);
  void AnswerLater(absl::Time due, department::Answer answer);
  absl::Duration SomeHours();
  bool Chance(double probability);

  Random* const random_;
  int refuse_every_ = 0;
  bool ask_for_supplements_ = false;
  std::map<Id, std::string> receipts_;
  std::map<Id, int> rounds_;  // supplements received
};

}  // namespace xiufu::simulation
