#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "libs/storage/database.h"

namespace xiufu::testing {

// SHA-256 (hex) over every row of a store's domain tables, ordered by primary key: equal for two
// stores that hold the same domain rows, however they came there. The engine's own tables are left
// out.
absl::StatusOr<std::string> StoreDigest(storage::Database& database);
absl::StatusOr<std::string> StoreDigest(storage::Session& session);

}  // namespace xiufu::testing
