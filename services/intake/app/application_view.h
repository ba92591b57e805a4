#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/intake/app/ports.h"

namespace xiufu::intake {

// An application as a client sees it.
struct ApplicationView {
  Application application;
  std::vector<Id> records;
  std::vector<CaseView> cases;  // opened ones
  std::vector<Material> materials;
  bool with_query_code = false;  // only in the answer to its creation
};

ApplicationView LoadView(storage::Session& session, const Tables& tables,
                         const Application& application);

// NOT_FOUND, reason APPLICATION_NOT_FOUND: the same whether it does not exist, belongs to another
// principal or the query code is wrong.
absl::Status NoSuchApplication();
absl::StatusOr<Application> FindOwned(storage::Session& session, const Tables& tables, const Id& id,
                                      absl::string_view principal);

// The same of an objection, reason OBJECTION_NOT_FOUND.
absl::Status NoSuchObjection();
absl::StatusOr<Objection> FindOwnObjection(storage::Session& session, const Tables& tables,
                                           const Id& id, absl::string_view principal);

}  // namespace xiufu::intake
