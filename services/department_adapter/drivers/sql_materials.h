#pragma once

#include <cstdint>
#include <vector>

#include "libs/storage/session.h"
#include "libs/storage/tx.h"
#include "services/department_adapter/domain/task.h"

namespace xiufu::department {

// Table "task_material": papers in the order of the event that brought them. Round 0 came with the
// task.
std::vector<Material> ReadMaterials(storage::Session& session, const Id& task, int32_t round);
void InsertMaterials(storage::Tx& tx, const Id& task, int32_t round,
                     const std::vector<Material>& materials);

}  // namespace xiufu::department
