#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/storage/connection.h"
#include "libs/storage/database.h"

namespace xiufu::storage {

// Applies the steps of one part of the schema ("engine" or "service") that the store does not have
// yet, each in a transaction of its own. FAILED_PRECONDITION when the store has a step that the
// binary does not know, or one that reads otherwise than when it was applied; INVALID_ARGUMENT when
// versions are not 1, 2, 3 ...
absl::Status Migrate(Connection& connection, absl::string_view part,
                     absl::Span<const Migration> migrations, absl::Time now);

}  // namespace xiufu::storage
