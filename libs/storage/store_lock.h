#pragma once

#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace xiufu::storage {

// The right to use a store, held as long as the object lives: flock on <store>.lock, so that it
// ends with the process in whatever way that ends. The file stays. Not inherited by child programs.
class StoreLock {
 public:
  // FAILED_PRECONDITION when somebody else holds it.
  static absl::StatusOr<StoreLock> Take(const std::string& store_path);
  StoreLock() = default;  // of a store that only this process can see
  ~StoreLock();
  StoreLock(StoreLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  StoreLock& operator=(StoreLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

 private:
  explicit StoreLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace xiufu::storage
