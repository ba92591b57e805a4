#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/intake/app/client_write.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/resource_name.h"

namespace xiufu::intake {

// The application of this name ("applications/<uuid>" or "applications/<number>") for somebody who
// shows its query code or, without one, is the principal that created it. NOT_FOUND for everybody
// else: the same whether it does not exist.
absl::StatusOr<Application> FindShown(storage::Session& session, const Tables& tables,
                                      const Call& call, const std::string& name,
                                      const std::string& query_code);

// By id or number, for somebody who may see it. NOT_FOUND as above.
absl::StatusOr<Application> FindByKey(storage::Session& session, const Tables& tables,
                                      const ApplicationKey& key);

// In a time that does not depend on where they differ.
bool SameCode(absl::string_view a, absl::string_view b);

}  // namespace xiufu::intake
