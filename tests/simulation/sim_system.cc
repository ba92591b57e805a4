#include "tests/simulation/sim_system.h"

#include "services/department_adapter/wiring.h"

namespace xiufu::simulation {

SimSystem::SimSystem(std::string code, const Clock* clock)
    : code_(std::move(code)), clock_(clock), receive_(department::NewReceiveAnswer()) {}

void SimSystem::AnswerAt(absl::Time due, department::Answer answer) {
  std::pair key(due, answer.answer_id);
  due_.emplace(std::move(key), std::move(answer));
}

void SimSystem::Forget(const Id& task) {
  std::erase_if(due_, [&](const auto& answer) { return answer.second.task == task; });
}

bool SimSystem::AnswerDue(storage::Database& adapter) {
  bool any = false;
  while (NextDue() <= clock_->Now()) {
    department::Answer answer = std::move(due_.begin()->second);
    due_.erase(due_.begin());
    any = true;
    adapter.Write([this, answer = std::move(answer), now = clock_->Now()](
                      storage::Tx& tx) { return receive_(tx, code_, answer, now); },
                  [](const absl::Status&) {});
    adapter.RunPending();
  }
  return any;
}

}  // namespace xiufu::simulation
