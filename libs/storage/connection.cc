#include "libs/storage/connection.h"

#include <cstring>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/storage/sqlite_status.h"

namespace xiufu::storage {
namespace {

constexpr int kMaxValueBytes = 16 * 1024 * 1024;

// One process owns the store, so a lock is only ever met when somebody looks at it with another
// tool.
constexpr char kEvery[] =
    "PRAGMA foreign_keys=ON;"
    "PRAGMA trusted_schema=OFF;"
    "PRAGMA cell_size_check=ON;"
    "PRAGMA mmap_size=0;"
    "PRAGMA temp_store=MEMORY;";
constexpr char kWriter[] =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA wal_autocheckpoint=0;"
    "PRAGMA journal_size_limit=67108864;"
    "PRAGMA cache_size=-16384;";
constexpr char kReader[] =
    "PRAGMA query_only=ON;"
    "PRAGMA cache_size=-2048;";

// SQLite counts its memory under one lock for the whole process; a savepoint costs tens of
// allocations.
void ConfigureProcessOnce() {
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(
      configured);  // refused when somebody has opened a store before: then it stays on
}

int OpenFlags(Connection::Mode mode) {
  switch (mode) {
    case Connection::Mode::kWriter:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    case Connection::Mode::kReader:
    case Connection::Mode::kCopier:
      return SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    case Connection::Mode::kSealed:
      return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    case Connection::Mode::kOffline:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
  }
  return 0;
}

// SQLite's name of the file. As a URI: every byte that could mean something there is written in
// hexadecimal.
std::string NameOf(const std::string& path, Connection::Mode mode) {
  if (mode != Connection::Mode::kSealed) return path;
  std::string uri = "file:";
  for (const char c : path) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '/' || c == '.') {
      uri.push_back(c);
    } else {
      absl::StrAppend(&uri, "%", absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad2));
    }
  }
  return uri + "?immutable=1";
}

int BindValue(sqlite3_stmt* statement, int index, const Value& value,
              sqlite3_destructor_type destructor) {
  // A null pointer would bind NULL where an empty value is meant.
  const char* bytes = value.text().data() == nullptr ? "" : value.text().data();
  switch (value.kind()) {
    case Value::Kind::kNull:
      return sqlite3_bind_null(statement, index);
    case Value::Kind::kInt:
      return sqlite3_bind_int64(statement, index, value.integer());
    case Value::Kind::kText:
      return sqlite3_bind_text64(statement, index, bytes, value.text().size(), destructor,
                                 SQLITE_UTF8);
    case Value::Kind::kBlob:
      return sqlite3_bind_blob64(statement, index, bytes, value.text().size(), destructor);
  }
  return SQLITE_MISUSE;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const std::string& path, Mode mode) {
  ConfigureProcessOnce();
  sqlite3* db = nullptr;
  int code = sqlite3_open_v2(NameOf(path, mode).c_str(), &db, OpenFlags(mode), nullptr);
  std::unique_ptr<Connection> connection(new Connection(db));
  if (code != SQLITE_OK) return SqliteStatus(db, code, absl::StrCat("opening ", path));
  absl::Status status = connection->Configure(mode, path == ":memory:");
  if (!status.ok()) return OfFile(path, status);
  return connection;
}

Connection::~Connection() {
  cache_.clear();
  sqlite3_close_v2(db_);
}

absl::Status Connection::Configure(Mode mode, bool in_memory) {
  sqlite3_extended_result_codes(db_, 1);
  sqlite3_busy_timeout(db_, kBusyTimeoutMs);
  sqlite3_limit(db_, SQLITE_LIMIT_LENGTH, kMaxValueBytes);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  absl::Status status = Run(kEvery);
  if (status.ok() && mode == Mode::kWriter) status = Run(kWriter);
  if (status.ok() && (mode == Mode::kReader || mode == Mode::kSealed)) status = Run(kReader);
  if (!status.ok() || mode != Mode::kWriter || in_memory) return status;
  int code = SQLITE_OK;
  auto asked = Acquire("PRAGMA journal_mode", {}, Lifetime::kCall, &code);
  if (asked == nullptr) return SqliteStatus(db_, code, "journal_mode");
  const bool wal =
      sqlite3_step(asked->statement) == SQLITE_ROW &&
      absl::string_view(reinterpret_cast<const char*>(sqlite3_column_text(asked->statement, 0))) ==
          "wal";
  GiveBack(std::move(asked));
  if (!wal) return absl::FailedPreconditionError("the store's file system cannot do WAL");
  return absl::OkStatus();
}

int Connection::Exec(const char* sql) {
  int code = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? code : sqlite3_extended_errcode(db_);
}

absl::Status Connection::Run(const char* sql) {
  int code = Exec(sql);
  return code == SQLITE_OK ? absl::OkStatus() : SqliteStatus(db_, code, sql);
}

int Connection::Step(const char* sql) {
  int code = SQLITE_OK;
  auto statement = Acquire(sql, {}, Lifetime::kStatement, &code);
  if (statement == nullptr) return code;
  do {
    code = sqlite3_step(statement->statement);
  } while (code == SQLITE_ROW);
  GiveBack(std::move(statement));
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

std::unique_ptr<Query::Impl> Connection::Acquire(const char* sql,
                                                 std::initializer_list<Value> values,
                                                 Lifetime lifetime, int* code) {
  Kept& home = cache_[sql];
  std::unique_ptr<Query::Impl> statement;
  if (home.empty()) {
    statement = Prepare(sql, &home, code);
    if (statement == nullptr) return nullptr;
  } else {
    statement = std::move(home.back());
    home.pop_back();
  }
  const int expected = sqlite3_bind_parameter_count(statement->statement);
  *code = expected == static_cast<int>(values.size()) ? SQLITE_OK : SQLITE_RANGE;
  int index = 1;
  for (const Value& value : values) {
    if (*code != SQLITE_OK) break;
    *code = BindValue(statement->statement, index++, value,
                      lifetime == Lifetime::kStatement ? SQLITE_STATIC : SQLITE_TRANSIENT);
  }
  if (*code == SQLITE_OK) return statement;
  GiveBack(std::move(statement));
  return nullptr;
}

std::unique_ptr<Query::Impl> Connection::Prepare(const char* sql, Kept* home, int* code) {
  sqlite3_stmt* prepared = nullptr;
  const char* tail = nullptr;
  *code = sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, &tail);
  if (*code != SQLITE_OK) return nullptr;
  auto statement = std::make_unique<Query::Impl>(prepared, home);
  statement->sql = sql;
  if (prepared != nullptr && *tail == '\0') return statement;
  *code = SQLITE_MISUSE;  // nothing, or more than one statement
  return nullptr;
}

void Connection::GiveBack(std::unique_ptr<Query::Impl> statement) {
  sqlite3_reset(statement->statement);
  sqlite3_clear_bindings(statement->statement);
  statement->session = nullptr;
  statement->home->push_back(std::move(statement));
}

}  // namespace xiufu::storage
