#include "libs/storage/copy.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "libs/storage/connection.h"
#include "libs/storage/plain_session.h"
#include "libs/storage/reader_pool.h"
#include "libs/storage/sqlite_status.h"
#include "libs/storage/store_file.h"

namespace xiufu::storage {
namespace {

namespace fs = std::filesystem;

// What a copy leaves to the store, which must go on writing.
constexpr int64_t kRoomLeft = int64_t{64} << 20;
// Instructions of SQLite between two questions whether to go on: about a millisecond.
constexpr int kInstructionsPerQuestion = 10'000;

std::string FolderOf(const std::string& path) {
  const fs::path parent = fs::path(path).parent_path();
  return parent.empty() ? "." : parent.string();
}

absl::Status CheckRoom(Connection& connection, const std::string& folder) {
  PlainSession session(&connection);
  int64_t needed = 0;
  {
    Query size =
        session.Sql("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    if (size.Next()) needed = size.Int(0);
  }
  if (!session.status().ok()) return session.status();
  struct statvfs disk = {};
  if (statvfs(folder.c_str(), &disk) != 0) return absl::ErrnoToStatus(errno, folder);
  const int64_t free = static_cast<int64_t>(disk.f_bavail) * static_cast<int64_t>(disk.f_frsize);
  if (free >= needed + kRoomLeft) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrCat("not enough room for a copy: ", needed, " bytes needed, ", free, " free"));
}

// Empty, readable to nobody else, and new: SQLite then fills it.
absl::Status MakeFile(const std::string& path) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return absl::ErrnoToStatus(errno, path);
  close(fd);
  return absl::OkStatus();
}

absl::Status SyncPath(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, path);
  const bool synced = fsync(fd) == 0;
  const int error = errno;
  close(fd);
  return synced ? absl::OkStatus() : absl::ErrnoToStatus(error, path);
}

int AskWhetherToStop(void* go_on) {
  return (*static_cast<absl::FunctionRef<bool()>*>(go_on))() ? 0 : 1;
}

absl::Status VacuumInto(Connection& connection, const std::string& path,
                        absl::FunctionRef<bool()> go_on) {
  sqlite3_progress_handler(connection.db(), kInstructionsPerQuestion, AskWhetherToStop, &go_on);
  PlainSession session(&connection);
  session.Sql("VACUUM INTO ?", path).Next();
  sqlite3_progress_handler(connection.db(), 0, nullptr, nullptr);
  if (!session.status().ok() && !go_on()) return absl::CancelledError("the copy was given up");
  return session.status();
}

// Gives the finished file its name, which nobody may have taken meanwhile.
absl::Status Publish(const std::string& part, const std::string& to) {
  if (absl::Status status = SyncPath(part); !status.ok()) return status;
  if (link(part.c_str(), to.c_str()) != 0) return absl::ErrnoToStatus(errno, to);
  return SyncPath(FolderOf(to));
}

// A file that is not empty beside the store: what it holds would not be seen.
bool HasWal(const std::string& path) {
  std::error_code none;
  const uintmax_t size = fs::file_size(path + "-wal", none);
  return !none && size > 0;
}

}  // namespace

absl::Status CopyStore(const std::string& from, const std::string& to,
                       absl::FunctionRef<bool()> go_on) {
  if (access(to.c_str(), F_OK) == 0) return absl::AlreadyExistsError(absl::StrCat(to, " exists"));
  absl::StatusOr<std::unique_ptr<Connection>> connection =
      Connection::Open(from, Connection::Mode::kCopier);
  if (!connection.ok()) return connection.status();
  absl::Status status = CheckRoom(**connection, FolderOf(to));
  if (!status.ok()) return status;
  const std::string part = absl::StrCat(to, ".part");
  unlink(part.c_str());  // of a process that died
  status = MakeFile(part);
  if (!status.ok()) return status;
  const absl::Cleanup remove = [&part] { unlink(part.c_str()); };
  status = VacuumInto(**connection, part, go_on);
  return status.ok() ? Publish(part, to) : status;
}

absl::Status ReadSealed(const std::string& path,
                        absl::FunctionRef<absl::Status(const std::string& service, Session&)> fn) {
  if (access(path.c_str(), R_OK) != 0) return absl::ErrnoToStatus(errno, path);
  if (HasWal(path)) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, " is in use, or was not stopped in an orderly way: take a copy"));
  }
  absl::StatusOr<std::unique_ptr<Connection>> connection =
      Connection::Open(path, Connection::Mode::kSealed);
  if (!connection.ok()) return connection.status();
  absl::StatusOr<std::optional<StoreFacts>> facts = ReadFacts(**connection);
  if (!facts.ok()) return OfFile(path, facts.status());
  if (!facts->has_value()) return absl::FailedPreconditionError(absl::StrCat(path, " is no store"));
  return ReadSnapshot(**connection,
                      [&](Session& session) { return fn((*facts)->service, session); });
}

}  // namespace xiufu::storage
