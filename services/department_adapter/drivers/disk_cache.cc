#include "services/department_adapter/drivers/disk_cache.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"

namespace xiufu::department {
namespace {

absl::Status WriteWhole(const std::string& path, absl::string_view bytes) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return absl::ErrnoToStatus(errno, "open");
  absl::Status status;
  while (!bytes.empty() && status.ok()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (errno != EINTR) {
      status = absl::ErrnoToStatus(errno, "write");
    }
  }
  // Before it gets its name: a name whose bytes are missing after a power cut would be believed.
  if (status.ok() && fdatasync(fd) != 0) status = absl::ErrnoToStatus(errno, "fdatasync");
  close(fd);
  return status;
}

// A full or broken disk may be mended: the job comes again.
absl::Status Unavailable(const absl::Status& status) {
  return absl::UnavailableError(absl::StrCat("material cache: ", status.message()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<DiskCache>> DiskCache::Open(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return absl::FailedPreconditionError(absl::StrCat(folder, ": ", error.message()));
  }
  return std::unique_ptr<DiskCache>(new DiskCache(folder));
}

bool DiskCache::Has(absl::string_view sha256, int64_t size) const {
  std::error_code error;
  const uintmax_t found = std::filesystem::file_size(PathOf(sha256), error);
  return !error && found == static_cast<uintmax_t>(size);
}

absl::Status DiskCache::Put(absl::string_view sha256, absl::string_view bytes) {
  const std::string path = PathOf(sha256);
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  const std::string temporary =
      absl::StrCat(path, ".", getpid(), ".", next_temporary_.fetch_add(1), ".tmp");
  absl::Status status = WriteWhole(temporary, bytes);
  if (status.ok() && rename(temporary.c_str(), path.c_str()) != 0) {
    status = absl::ErrnoToStatus(errno, "rename");
  }
  if (status.ok()) return status;
  unlink(temporary.c_str());
  return Unavailable(status);
}

std::string DiskCache::PathOf(absl::string_view sha256) const {
  const std::string hex = HexEncode(sha256);
  return absl::StrCat(folder_, "/", hex.substr(0, 2), "/", hex);
}

}  // namespace xiufu::department
