#pragma once

#include "services/department_adapter/app/connector.h"

namespace xiufu::department {

// Stands in for an authority that approves everything at once, without network and without looking
// at papers: what the suite itself costs can then be measured. Keeps nothing; its answers follow
// from the task.
class InstantConnector final : public Connector {
 public:
  bool WantsPapers() const override { return false; }
  absl::StatusOr<Receipt> Deliver(const Task& task, const ApplicationFile& file,
                                  absl::Time deadline) override;
  absl::StatusOr<Receipt> Query(const Task& task, absl::Time deadline) override;
  absl::Status PassOn(const Task& task, const Supplement& supplement, const ApplicationFile& file,
                      absl::Time deadline) override;
  absl::Status Complain(const Task& task, const Fault& fault, absl::Time deadline) override;
  absl::Status Advise(const Task& task, const Opinion& opinion, absl::Time deadline) override;
  absl::Status Remind(const Task& task, const Reminder& reminder, absl::Time deadline) override;
  absl::Status Cancel(const Task& task, const Cancellation& cancellation,
                      absl::Time deadline) override;
};

}  // namespace xiufu::department
