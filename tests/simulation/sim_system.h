#pragma once

#include <map>
#include <string>
#include <utility>

#include "libs/base/clock.h"
#include "libs/storage/database.h"
#include "services/department_adapter/app/connector.h"
#include "services/department_adapter/app/receive_answer.h"

namespace xiufu::simulation {

// An authority's system in the same process: what all of them do. What it says to tasks is up to
// each; answers go to the adapter's door when they are due.
class SimSystem : public department::Connector {
 public:
  SimSystem(std::string code, const Clock* clock);

  const std::string& code() const { return code_; }
  // For information: none of them minds.
  absl::Status Advise(const department::Task&, const department::Opinion&, absl::Time) override {
    return absl::OkStatus();
  }
  absl::Status Remind(const department::Task&, const department::Reminder&, absl::Time) override {
    return absl::OkStatus();
  }
  // Gives the answers that are due to the adapter's store; true when there was one.
  bool AnswerDue(storage::Database& adapter);
  absl::Time NextDue() const {
    return due_.empty() ? absl::InfiniteFuture() : due_.begin()->first.first;
  }

 protected:
  absl::Time Now() const { return clock_->Now(); }
  void AnswerAt(absl::Time due, department::Answer answer);
  // Nothing more is said about the task.
  void Forget(const Id& task);

 private:
  const std::string code_;
  const Clock* const clock_;
  const department::ReceiveAnswer receive_;
  // By time and name: the same order whatever the order in which tasks came.
  std::multimap<std::pair<absl::Time, std::string>, department::Answer> due_;
};

}  // namespace xiufu::simulation
