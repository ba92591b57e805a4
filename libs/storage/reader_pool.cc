#include "libs/storage/reader_pool.h"

#include <utility>

#include "libs/storage/plain_session.h"
#include "libs/storage/sqlite_status.h"

namespace xiufu::storage {

ReaderPool::~ReaderPool() { Close(absl::InfiniteDuration()); }

absl::Status ReaderPool::Read(absl::FunctionRef<absl::Status(Session&)> fn) {
  absl::StatusOr<std::unique_ptr<Connection>> connection = Borrow();
  if (!connection.ok()) return connection.status();
  absl::Status status = ReadSnapshot(**connection, fn);
  GiveBack(*std::move(connection));
  return status;
}

absl::StatusOr<std::unique_ptr<Connection>> ReaderPool::Borrow() {
  {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &ReaderPool::CanLend));
    if (closed_) return absl::UnavailableError("the store is stopped");
    ++lent_;
    if (!idle_.empty()) {
      std::unique_ptr<Connection> connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  absl::StatusOr<std::unique_ptr<Connection>> opened =
      Connection::Open(path_, Connection::Mode::kReader);
  if (!opened.ok()) GiveBack(nullptr);
  return opened;
}

void ReaderPool::GiveBack(std::unique_ptr<Connection> connection) {
  absl::MutexLock lock(&mutex_);
  --lent_;
  if (connection != nullptr && !closed_) idle_.push_back(std::move(connection));
  // Closed while it is still counted as gone would let the store's last connection be this one.
  connection.reset();
}

void ReaderPool::Close(absl::Duration patience) {
  absl::MutexLock lock(&mutex_);
  closed_ = true;
  idle_.clear();
  mutex_.AwaitWithTimeout(absl::Condition(this, &ReaderPool::NoneLent), patience);
}

absl::Status ReadSnapshot(Connection& connection, absl::FunctionRef<absl::Status(Session&)> fn) {
  const int code = connection.Step("BEGIN");
  if (code != SQLITE_OK) return SqliteStatus(connection.db(), code, "BEGIN");
  PlainSession session(&connection);
  absl::Status status = fn(session);
  if (status.ok()) status = session.status();
  connection.Step("ROLLBACK");
  return status;
}

}  // namespace xiufu::storage
