#pragma once

#include <vector>

#include "libs/storage/session.h"
#include "libs/storage/tx.h"
#include "services/department_adapter/domain/task.h"

namespace xiufu::department {

// Rows of the table "opinion": those of a task have no id.
void InsertOpinionRow(storage::Tx& tx, const Opinion& opinion);
// Of a row: task, review, by_whom, text, missing, given_at.
Opinion ReadOpinion(const storage::Query& row, const Id& id);
// Those that were given along with a task, in their order.
std::vector<Opinion> OpinionsWith(storage::Session& session, const Id& task);

}  // namespace xiufu::department
