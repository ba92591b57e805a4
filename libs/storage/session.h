#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/storage/value.h"

namespace xiufu::storage {

class Connection;  // connection.h, private to this library
class Session;

// A statement being stepped. Goes back to its connection's cache when it is destroyed.
class Query {
 public:
  Query(Query&& other) noexcept;
  Query& operator=(Query&&) = delete;
  ~Query();

  // Moves to the next row. False at the end and after an error, which the session then remembers.
  bool Next();

  // Columns of the current row, from 0. NULL, and every column when there is no row, reads as 0, ""
  // or none. Views are valid until the next Next().
  bool IsNull(int column) const;
  int64_t Int(int column) const;
  absl::string_view Text(int column) const;
  absl::string_view Blob(int column) const;
  Id IdAt(int column) const;
  absl::Time TimeAt(int column) const;  // from UTC ms; NULL is InfinitePast

 private:
  friend class Connection;
  friend class Session;
  struct Impl;
  explicit Query(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Something SQL can be read from: a read-only snapshot, or a write transaction. One thread at a
// time.
//
// Errors are sticky: after any SQLite error status() is not OK, further queries return no rows, and
// a write is rolled back whatever its function returned. So callers need not check each statement.
class Session {
 public:
  virtual ~Session() = default;
  // `sql` must be one statement in a string literal: the prepared statement is cached by its
  // address. Values are copied. Nothing is run before the first Next().
  template <typename... Args>
  Query Sql(const char* sql, const Args&... args) {
    return Start(sql, {Value(args)...});
  }
  const absl::Status& status() const { return status_; }

 protected:
  explicit Session(Connection* connection) : connection_(connection) {}
  Query Start(const char* sql, std::initializer_list<Value> values);
  // Makes the connection's last error sticky.
  void Fail(int code, const char* sql);
  // Makes an error of another kind sticky: something that must not be written.
  void Fail(absl::Status status);

  Connection* const connection_;
  absl::Status status_;
  int code_ = 0;        // SQLite's, of status_
  bool fatal_ = false;  // the transaction may be gone
  friend class Query;
};

}  // namespace xiufu::storage
