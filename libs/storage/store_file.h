#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/storage/connection.h"
#include "libs/storage/database.h"

namespace xiufu::storage {

// What a store says of itself.
struct StoreFacts {
  std::string service;
  int64_t epoch = 0;  // the present one
  bool clean = false;
};

// Nothing for an empty file, FAILED_PRECONDITION for a database that is no store of ours.
absl::StatusOr<std::optional<StoreFacts>> ReadFacts(Connection& connection);

// DATA_LOSS when SQLite finds the file damaged.
absl::Status QuickCheck(Connection& connection);

// Makes a new store, or checks and migrates an old one, and notes that it is open. True when it had
// not been stopped in an orderly way.
absl::StatusOr<bool> PrepareStore(Connection& connection, const std::string& service,
                                  absl::Span<const Migration> migrations, absl::Time now);

// Notes that the store is stopped in an orderly way.
absl::Status MarkClean(Connection& connection);

}  // namespace xiufu::storage
