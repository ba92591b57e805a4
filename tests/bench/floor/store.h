#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "tests/bench/floor/hop.h"

namespace xiufu::bench {

// The least a durable hop writes: a dedupe row, a state row, an outbox row. Raw SQLite, WAL,
// synchronous=FULL.
class Store {
 public:
  explicit Store(const std::string& path);
  ~Store();

  void Begin();
  void Commit();
  // False when this event was taken before.
  bool Dedupe(int64_t stream, int64_t seq);
  void SetState(absl::string_view id, int64_t state, absl::string_view ballast);
  void AppendOutbox(int64_t stream, int64_t seq, absl::string_view bytes);
  void SaveCursor(int64_t stream, int64_t through);
  int64_t commits() const { return commits_; }

 private:
  sqlite3_stmt* Prepare(const char* sql);
  void Step(sqlite3_stmt* statement);

  sqlite3* database_ = nullptr;
  sqlite3_stmt *begin_, *commit_, *dedupe_, *state_, *outbox_, *cursor_;
  int64_t commits_ = 0;
};

}  // namespace xiufu::bench
