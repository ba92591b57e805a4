#include "services/intake/drivers/material_store.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/base/id.h"

namespace xiufu::intake {
namespace {

constexpr absl::Duration kOrphanAge = absl::Hours(1);
constexpr size_t kBeginning = 16;
constexpr char kUnfinished[] = ".incoming-";

absl::Status DiskError(absl::string_view what) {
  const int error = errno;
  const std::string message = absl::StrCat("material store: ", what, ": ", strerror(error));
  if (error == ENOSPC || error == EDQUOT) return absl::ResourceExhaustedError(message);
  return absl::UnavailableError(message);
}

absl::Status SyncFolder(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return DiskError("open folder");
  const bool synced = fsync(fd) == 0;
  absl::Status status = synced ? absl::OkStatus() : DiskError("fsync folder");
  close(fd);
  return status;
}

// A folder inside `parent`, there after a power cut too.
absl::Status MakeFolder(const std::string& parent, const std::string& path) {
  if (mkdir(path.c_str(), 0700) == 0) return SyncFolder(parent);
  return errno == EEXIST ? absl::OkStatus() : DiskError("make folder");
}

struct timespec TimespecOf(absl::Time time) {
  return absl::ToTimespec(time);
}

class FileReader final : public BlobReader {
 public:
  explicit FileReader(int fd) : fd_(fd) {}
  ~FileReader() override { close(fd_); }

  absl::StatusOr<std::string> Next(size_t most) override {
    std::string bytes(most, '\0');
    const ssize_t got = read(fd_, bytes.data(), most);
    if (got < 0) return DiskError("read");
    bytes.resize(static_cast<size_t>(got));
    return bytes;
  }

 private:
  const int fd_;
};

}  // namespace

// Hashes what passes through. The file has no name yet, or on a file system without O_TMPFILE a
// temporary one.
class MaterialStore::Incoming final : public IncomingBlob {
 public:
  Incoming(MaterialStore* store, int fd, std::string temporary)
      : store_(store), fd_(fd), temporary_(std::move(temporary)), hash_(EVP_MD_CTX_new()) {
    EVP_DigestInit_ex(hash_, EVP_sha256(), nullptr);
  }
  ~Incoming() override {
    EVP_MD_CTX_free(hash_);
    close(fd_);
    if (!temporary_.empty()) unlink(temporary_.c_str());
  }

  absl::Status Append(absl::string_view bytes) override {
    EVP_DigestUpdate(hash_, bytes.data(), bytes.size());
    size_ += static_cast<int64_t>(bytes.size());
    if (beginning_.size() < kBeginning) {
      beginning_.append(bytes.data(), std::min(bytes.size(), kBeginning - beginning_.size()));
    }
    while (!bytes.empty()) {
      const ssize_t written = write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return DiskError("write");
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return absl::OkStatus();
  }

  Received Seen() override {
    EVP_MD_CTX* copy = EVP_MD_CTX_new();
    EVP_MD_CTX_copy_ex(copy, hash_);
    std::string sha256(32, '\0');
    EVP_DigestFinal_ex(copy, reinterpret_cast<unsigned char*>(sha256.data()), nullptr);
    EVP_MD_CTX_free(copy);
    return {size_, std::move(sha256), beginning_};
  }

  absl::Status Keep(absl::Time now) override {
    const struct timespec times[2] = {TimespecOf(now), TimespecOf(now)};
    if (futimens(fd_, times) != 0) return DiskError("set time");
    if (fsync(fd_) != 0) return DiskError("fsync");
    return store_->Link(fd_, Seen().sha256, now);
  }

 private:
  MaterialStore* const store_;
  const int fd_;
  const std::string temporary_;
  EVP_MD_CTX* const hash_;
  int64_t size_ = 0;
  std::string beginning_;
};

absl::StatusOr<std::unique_ptr<MaterialStore>> MaterialStore::Open(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return absl::UnavailableError(absl::StrCat(folder, ": ", error.message()));
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (absl::StartsWith(entry.path().filename().string(), kUnfinished)) {
      std::filesystem::remove(entry.path(), error);
    }
  }
  return std::unique_ptr<MaterialStore>(new MaterialStore(folder));
}

absl::StatusOr<std::unique_ptr<IncomingBlob>> MaterialStore::Begin() {
  int fd = open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  std::string temporary;
  if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT)) {
    static std::atomic<uint64_t> counter{0};
    temporary = absl::StrCat(folder_, "/", kUnfinished, getpid(), "-", counter.fetch_add(1));
    fd = open(temporary.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  }
  if (fd < 0) return DiskError("create");
  return std::make_unique<Incoming>(this, fd, std::move(temporary));
}

absl::StatusOr<std::unique_ptr<BlobReader>> MaterialStore::Read(absl::string_view sha256) {
  const int fd = open(PathOf(sha256).c_str(), O_RDONLY | O_CLOEXEC);
  if (fd >= 0) return std::make_unique<FileReader>(fd);
  if (errno == ENOENT) return absl::DataLossError("the content of a material is not on the disk");
  return DiskError("open");
}

std::string MaterialStore::PathOf(absl::string_view sha256) const {
  const std::string hex = HexEncode(sha256);
  return absl::StrCat(folder_, "/", hex.substr(0, 2), "/", hex);
}

absl::Status MaterialStore::Link(int fd, absl::string_view sha256, absl::Time now) {
  const std::string path = PathOf(sha256);
  const std::string parent = path.substr(0, path.rfind('/'));
  absl::Status made = MakeFolder(folder_, parent);
  if (!made.ok()) return made;
  {
    absl::MutexLock lock(&names_);
    const std::string source = absl::StrCat("/proc/self/fd/", fd);
    const struct timespec times[2] = {TimespecOf(now), TimespecOf(now)};
    const bool linked =
        linkat(AT_FDCWD, source.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0;
    if (!linked && errno != EEXIST) return DiskError("link");
    if (!linked && utimensat(AT_FDCWD, path.c_str(), times, 0) != 0) return DiskError("set time");
  }
  return SyncFolder(parent);
}

bool MaterialStore::RemoveIfOld(const std::string& path, absl::Time now) {
  absl::MutexLock lock(&names_);
  struct stat info;
  if (stat(path.c_str(), &info) != 0) return false;
  if (absl::TimeFromTimespec(info.st_mtim) > now - kOrphanAge) return false;
  return unlink(path.c_str()) == 0;
}

absl::StatusOr<int> MaterialStore::Sweep(
    absl::Time now, absl::FunctionRef<absl::StatusOr<bool>(absl::string_view)> referred) {
  int removed = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_, error)) {
    absl::StatusOr<std::string> sha256 = HexDecode(entry.path().filename().string());
    if (!sha256.ok() || sha256->size() != 32) continue;
    struct stat info;
    if (stat(entry.path().c_str(), &info) != 0) continue;
    if (absl::TimeFromTimespec(info.st_mtim) > now - kOrphanAge) continue;
    absl::StatusOr<bool> in_use = referred(*sha256);
    if (!in_use.ok()) return in_use.status();
    if (!*in_use && RemoveIfOld(entry.path().string(), now)) ++removed;
  }
  if (error) return absl::UnavailableError(absl::StrCat(folder_, ": ", error.message()));
  return removed;
}

}  // namespace xiufu::intake
