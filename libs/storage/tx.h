#pragma once

#include <cstdint>
#include <initializer_list>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "libs/storage/session.h"

namespace xiufu::storage {

struct Engine;  // engine.h, private to this library
class GroupCommit;
class Inbox;
class Jobs;
class Outbox;
class Requests;
class Timers;
class Waiting;

// The write transaction of one group of writes. Lives on the writer; handed to write functions and
// handlers.
class Tx : public Session {
 public:
  // Runs a statement that returns no rows; the number of rows it changed (0 after an error).
  template <typename... Args>
  int64_t Run(const char* sql, const Args&... args) {
    return Execute(sql, {Value(args)...});
  }

  // Runs `fn` in a savepoint. Not OK from it, or a sticky SQL error inside it, rolls back exactly
  // what it did (rows, outbox events, everything) and is returned; fn's own error goes before the
  // sticky one, an exception is INTERNAL. An error that may have undone the whole group (FULL,
  // IOERR, CORRUPT) is fatal: it stays in status() and the group is not committed. Savepoints may
  // be nested.
  absl::Status InSavepoint(absl::FunctionRef<absl::Status(Tx&)> fn);

  Outbox& outbox();
  Inbox& inbox();
  Waiting& waiting();
  Requests& requests();
  Jobs& jobs();
  Timers& timers();

 private:
  friend class GroupCommit;
  friend class Inbox;
  friend class Jobs;
  friend class Outbox;
  friend class Timers;
  friend class Waiting;
  Tx(Connection* connection, Engine* engine);
  int64_t Execute(const char* sql, std::initializer_list<Value> values);

  Engine* const engine_;
};

}  // namespace xiufu::storage
