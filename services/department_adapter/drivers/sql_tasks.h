#pragma once

#include "services/department_adapter/app/ports.h"

namespace xiufu::department {

// Tables "task" and "task_material".
class SqlTasks final : public Tasks {
 public:
  std::optional<StoredTask> Find(storage::Session& session, const Id& task) const override;
  std::optional<std::string> FingerprintOf(storage::Session& session,
                                           const Id& task) const override;
  void Insert(storage::Tx& tx, const StoredTask& stored) const override;
  void MarkDelivered(storage::Tx& tx, const Id& task, absl::string_view authority_task_no,
                     absl::Time at) const override;
  std::optional<Material> FindMaterial(storage::Session& session, const Id& task,
                                       const Id& material) const override;
};

}  // namespace xiufu::department
