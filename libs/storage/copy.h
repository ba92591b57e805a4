#pragma once

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "libs/storage/session.h"

namespace xiufu::storage {

// Copies the store at `from` as it is at this moment into the new file `to`, mode 0600, on a
// connection of its own: who writes goes on. The file is there, whole and durable, or not at all.
// ALREADY_EXISTS when `to` exists; RESOURCE_EXHAUSTED when the disk would be left without room for
// the store's own writing; CANCELLED when `go_on` said no.
absl::Status CopyStore(const std::string& from, const std::string& to,
                       absl::FunctionRef<bool()> go_on);

// Reads a copy, or a stopped store, and changes nothing: neither the file nor what lies beside it.
// `service` is whose store it is. FAILED_PRECONDITION for what is no store, and for one that is in
// use or was not stopped in an orderly way: part of it would still be in its WAL.
absl::Status ReadSealed(const std::string& path,
                        absl::FunctionRef<absl::Status(const std::string& service, Session&)> fn);

}  // namespace xiufu::storage
