#include "services/department_adapter/app/call_jobs.h"

#include "libs/storage/jobs.h"

namespace xiufu::department {

void AddCallJob(storage::Tx& tx, const char* kind, const Id& id, const Task& task, absl::Time now) {
  tx.jobs().Add(tx, {.id = id,
                     .kind = kind,
                     .destination = task.authority_code,
                     .application = task.application,
                     .created = now,
                     .due = now});
}

}  // namespace xiufu::department
