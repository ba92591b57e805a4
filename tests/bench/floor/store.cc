#include "tests/bench/floor/store.h"

#include <cstdio>
#include <cstdlib>

namespace xiufu::bench {
namespace {

void Check(bool ok, sqlite3* database, const char* what) {
  if (ok) return;
  fprintf(stderr, "floor: %s: %s\n", what, sqlite3_errmsg(database));
  std::_Exit(1);
}

}  // namespace

Store::Store(const std::string& path) {
  Check(sqlite3_open(path.c_str(), &database_) == SQLITE_OK, database_, "open");
  // The engine's own settings, so that durability is equal.
  Check(sqlite3_exec(database_,
                     "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
                     "PRAGMA wal_autocheckpoint=1000;"
                     "CREATE TABLE inbox(stream INTEGER, seq INTEGER, PRIMARY KEY(stream, seq))"
                     " WITHOUT ROWID, STRICT;"
                     "CREATE TABLE app(id BLOB PRIMARY KEY, state INTEGER, data BLOB)"
                     " WITHOUT ROWID, STRICT;"
                     "CREATE INDEX final ON app(id) WHERE state = 7;"
                     "CREATE TABLE outbox(stream INTEGER, seq INTEGER, event BLOB,"
                     " PRIMARY KEY(stream, seq)) WITHOUT ROWID, STRICT;"
                     "CREATE TABLE cursor(stream INTEGER PRIMARY KEY, through INTEGER) STRICT;",
                     nullptr, nullptr, nullptr) == SQLITE_OK,
        database_, "schema");
  begin_ = Prepare("BEGIN IMMEDIATE");
  commit_ = Prepare("COMMIT");
  dedupe_ = Prepare("INSERT OR IGNORE INTO inbox VALUES(?,?)");
  state_ =
      Prepare("INSERT INTO app VALUES(?,?,?) ON CONFLICT(id) DO UPDATE SET state=excluded.state");
  outbox_ = Prepare("INSERT INTO outbox VALUES(?,?,?)");
  cursor_ = Prepare("INSERT OR REPLACE INTO cursor VALUES(?,?)");
}

Store::~Store() {
  for (sqlite3_stmt* s : {begin_, commit_, dedupe_, state_, outbox_, cursor_}) sqlite3_finalize(s);
  sqlite3_close(database_);
}

sqlite3_stmt* Store::Prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  Check(sqlite3_prepare_v3(database_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) ==
            SQLITE_OK,
        database_, sql);
  return statement;
}

void Store::Step(sqlite3_stmt* statement) {
  Check(sqlite3_step(statement) == SQLITE_DONE, database_, "step");
  sqlite3_reset(statement);
}

void Store::Begin() { Step(begin_); }

void Store::Commit() {
  Step(commit_);
  ++commits_;
}

bool Store::Dedupe(int64_t stream, int64_t seq) {
  sqlite3_bind_int64(dedupe_, 1, stream);
  sqlite3_bind_int64(dedupe_, 2, seq);
  Step(dedupe_);
  return sqlite3_changes(database_) == 1;
}

void Store::SetState(absl::string_view id, int64_t state, absl::string_view ballast) {
  sqlite3_bind_blob(state_, 1, id.data(), static_cast<int>(id.size()), SQLITE_STATIC);
  sqlite3_bind_int64(state_, 2, state);
  sqlite3_bind_blob(state_, 3, ballast.data(), static_cast<int>(ballast.size()), SQLITE_STATIC);
  Step(state_);
}

void Store::AppendOutbox(int64_t stream, int64_t seq, absl::string_view bytes) {
  sqlite3_bind_int64(outbox_, 1, stream);
  sqlite3_bind_int64(outbox_, 2, seq);
  sqlite3_bind_blob(outbox_, 3, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
  Step(outbox_);
}

void Store::SaveCursor(int64_t stream, int64_t through) {
  sqlite3_bind_int64(cursor_, 1, stream);
  sqlite3_bind_int64(cursor_, 2, through);
  Step(cursor_);
}

}  // namespace xiufu::bench
