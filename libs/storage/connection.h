#pragma once

#include <sqlite3.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/session.h"
#include "libs/storage/value.h"

namespace xiufu::storage {

// A prepared statement. Lent to one Query at a time, kept by its connection in between.
struct Query::Impl {
  Impl(sqlite3_stmt* prepared, std::vector<std::unique_ptr<Impl>>* kept_in)
      : statement(prepared), home(kept_in) {}
  ~Impl() { sqlite3_finalize(statement); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  sqlite3_stmt* const statement;
  std::vector<std::unique_ptr<Impl>>* const home;
  const char* sql = nullptr;
  Session* session = nullptr;  // while lent
};

// One SQLite connection with the suite's settings. One thread at a time.
class Connection {
 public:
  enum class Mode {
    kWriter,   // creates the file; WAL, synchronous=FULL, no automatic checkpoint
    kReader,   // read-only
    kOffline,  // writes an existing file as it is, for restoring
    kCopier,   // reads the store; may write the file that a copy goes into
    kSealed,   // reads a file that nobody writes and leaves nothing beside it; a WAL is not seen
  };
  static constexpr int kBusyTimeoutMs = 5000;
  enum class Lifetime { kStatement, kCall };  // how long bound bytes stay valid

  static absl::StatusOr<std::unique_ptr<Connection>> Open(const std::string& path, Mode mode);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Runs any number of statements and drops their rows. SQLite's extended result code.
  int Exec(const char* sql);
  // The same as a status.
  absl::Status Run(const char* sql);
  // Runs one statement without values, cached by the address of its literal. SQLite's extended
  // result code.
  int Step(const char* sql);

  // A cached or new statement for this literal, with its values bound. nullptr after an error, in
  // *code. kStatement: the bytes live until the statement is given back; kCall: they are copied.
  std::unique_ptr<Query::Impl> Acquire(const char* sql, std::initializer_list<Value> values,
                                       Lifetime lifetime, int* code);
  static void GiveBack(std::unique_ptr<Query::Impl> statement);

  bool InTransaction() const { return sqlite3_get_autocommit(db_) == 0; }
  sqlite3* db() const { return db_; }

 private:
  using Kept = std::vector<std::unique_ptr<Query::Impl>>;

  explicit Connection(sqlite3* db) : db_(db) {}
  absl::Status Configure(Mode mode, bool in_memory);
  std::unique_ptr<Query::Impl> Prepare(const char* sql, Kept* home, int* code);

  sqlite3* const db_;
  absl::node_hash_map<const char*, Kept> cache_;
};

}  // namespace xiufu::storage
