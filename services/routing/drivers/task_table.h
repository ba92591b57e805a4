#pragma once

#include "services/routing/app/ports.h"

namespace xiufu::routing {

class TaskTable final : public Tasks {
 public:
  void Insert(storage::Tx& tx, const Task& task) const override;
  std::optional<Task> Find(storage::Tx& tx, const Id& id) const override;
  void NoteDelivered(storage::Tx& tx, const Id& task, absl::string_view authority_task_no,
                     absl::Time at) const override;
};

}  // namespace xiufu::routing
