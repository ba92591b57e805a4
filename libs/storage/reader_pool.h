#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/storage/connection.h"
#include "libs/storage/session.h"

namespace xiufu::storage {

// Read-only connections, opened when first needed and lent to one reader at a time.
class ReaderPool {
 public:
  ReaderPool(std::string path, int size) : path_(std::move(path)), size_(size) {}
  ~ReaderPool();  // waits for every reader

  // Any thread. Waits while all connections are lent. UNAVAILABLE once closed.
  absl::Status Read(absl::FunctionRef<absl::Status(Session&)> fn);
  // Lets no new reader in and waits for the others, but not longer than `patience`.
  void Close(absl::Duration patience);

 private:
  absl::StatusOr<std::unique_ptr<Connection>> Borrow();
  void GiveBack(std::unique_ptr<Connection> connection);
  bool CanLend() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return closed_ || lent_ < size_; }
  bool NoneLent() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return lent_ == 0; }

  const std::string path_;
  const int size_;
  absl::Mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_ ABSL_GUARDED_BY(mutex_);
  int lent_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

// Runs `fn` on one snapshot.
absl::Status ReadSnapshot(Connection& connection, absl::FunctionRef<absl::Status(Session&)> fn);

}  // namespace xiufu::storage
