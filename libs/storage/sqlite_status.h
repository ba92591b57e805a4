#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

struct sqlite3;

namespace xiufu::storage {

// The error `code` (extended) of `db` as a status: ALREADY_EXISTS for a violated key,
// FAILED_PRECONDITION for other constraints, RESOURCE_EXHAUSTED for a full disk, DATA_LOSS for a
// damaged store, UNAVAILABLE for I/O and locks. The message has the extended code and SQLite's
// words; `what` is the SQL or the step, without any value.
absl::Status SqliteStatus(sqlite3* db, int code, absl::string_view what);

// The same error, saying which store it is about.
absl::Status OfFile(absl::string_view path, const absl::Status& status);

// True when SQLite may have undone the whole transaction: FULL, IOERR, CORRUPT, NOTADB, NOMEM,
// PROTOCOL.
bool EndsTransaction(int code);
bool IsIoError(int code);

}  // namespace xiufu::storage
