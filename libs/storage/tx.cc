#include "libs/storage/tx.h"

#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/storage/connection.h"
#include "libs/storage/engine.h"

namespace xiufu::storage {
namespace {

// What the caches were at when a savepoint was set.
class CachePositions {
 public:
  explicit CachePositions(const Engine& engine) {
    for (size_t i = 0; i < positions_.size(); ++i) positions_[i] = engine.caches[i]->Position();
  }
  void Restore(Engine& engine, Tx& tx) const {
    for (size_t i = 0; i < positions_.size(); ++i) engine.caches[i]->UndoTo(tx, positions_[i]);
  }

 private:
  std::array<size_t, std::tuple_size_v<decltype(Engine::caches)>> positions_{};
};

// A handler that throws has failed like one that returns an error; the writer goes on.
absl::Status CallSafely(absl::FunctionRef<absl::Status(Tx&)> fn, Tx& tx) {
  try {
    return fn(tx);
  } catch (const std::exception& thrown) {
    return absl::InternalError(absl::StrCat("exception: ", thrown.what()));
  }
}

}  // namespace

Tx::Tx(Connection* connection, Engine* engine) : Session(connection), engine_(engine) {}

Outbox& Tx::outbox() { return engine_->outbox; }
Inbox& Tx::inbox() { return engine_->inbox; }
Waiting& Tx::waiting() { return engine_->waiting; }
Requests& Tx::requests() { return engine_->requests; }
Jobs& Tx::jobs() { return engine_->jobs; }
Timers& Tx::timers() { return engine_->timers; }

absl::Status Tx::InSavepoint(absl::FunctionRef<absl::Status(Tx&)> fn) {
  if (!status_.ok()) return status_;
  const CachePositions before(*engine_);
  Run("SAVEPOINT unit");
  if (!status_.ok()) return status_;
  absl::Status result = CallSafely(fn, *this);
  if (fatal_) return status_;
  if (result.ok()) result = status_;
  status_ = absl::OkStatus();
  if (!result.ok()) Run("ROLLBACK TO unit");
  Run("RELEASE unit");
  if (!result.ok()) before.Restore(*engine_, *this);
  // Nobody knows what is left of the transaction when going back has failed.
  if (!status_.ok()) {
    fatal_ = true;
    return status_;
  }
  return result;
}

int64_t Tx::Execute(const char* sql, std::initializer_list<Value> values) {
  if (!status_.ok()) return 0;
  int code = SQLITE_OK;
  auto statement = connection_->Acquire(sql, values, Connection::Lifetime::kStatement, &code);
  if (statement == nullptr) {
    Fail(code, sql);
    return 0;
  }
  const int64_t before = sqlite3_total_changes64(connection_->db());
  do {
    code = sqlite3_step(statement->statement);
  } while (code == SQLITE_ROW);
  if (code != SQLITE_DONE) Fail(code, sql);
  Connection::GiveBack(std::move(statement));
  if (code != SQLITE_DONE || sqlite3_total_changes64(connection_->db()) == before) return 0;
  return sqlite3_changes64(connection_->db());
}

}  // namespace xiufu::storage
