#pragma once

#include <map>
#include <string>

#include "libs/base/clock.h"
#include "libs/catalogue/messages.h"
#include "libs/service/wiring.h"
#include "libs/storage/database.h"
#include "services/department_adapter/app/connector.h"
#include "services/department_adapter/app/ports.h"
#include "services/department_adapter/app/receive_answer.h"

namespace xiufu::department {

// All outlive the wiring. `intake` and `cache` may be missing when no connector wants papers.
struct DepartmentAdapterParts {
  storage::Database* database = nullptr;
  const Clock* clock = nullptr;
  std::map<std::string, Connector*>
      connectors;  // by authority code: one queue "adapter.<code>" each
  IntakeFiles* intake = nullptr;
  MaterialCache* cache = nullptr;
  const catalogue::Messages* messages = nullptr;  // that pass CheckMessages
};

// Streams consumed: "dept.<code>" of each authority. Streams produced: "adapter.<code>".
service::Wiring WireDepartmentAdapter(const DepartmentAdapterParts& parts);

// The use case behind POST /v1/answers, for doors that are no HTTP.
ReceiveAnswer NewReceiveAnswer();
// The store's tasks, for the HTTP server.
const Tasks& StoredTasks();

}  // namespace xiufu::department
