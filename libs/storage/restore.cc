#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>

#include "absl/strings/str_cat.h"
#include "libs/storage/connection.h"
#include "libs/storage/database.h"
#include "libs/storage/plain_session.h"
#include "libs/storage/sqlite_status.h"
#include "libs/storage/store_file.h"
#include "libs/storage/store_lock.h"

namespace xiufu::storage {
namespace {

bool IsDatabase(const std::string& path) {
  constexpr absl::string_view kMagic("SQLite format 3\0", 16);
  std::string begin(kMagic.size(), ' ');
  std::ifstream file(path, std::ios::binary);
  return file.read(begin.data(), static_cast<std::streamsize>(begin.size())) && begin == kMagic;
}

void RemoveSideFiles(const std::string& path) {
  for (const char* suffix : {"-wal", "-shm", "-journal"})
    unlink(absl::StrCat(path, suffix).c_str());
}

absl::StatusOr<StoreFacts> FactsOf(Connection& connection, const std::string& path) {
  absl::StatusOr<std::optional<StoreFacts>> facts = ReadFacts(connection);
  if (!facts.ok()) return facts.status();
  if (!facts->has_value()) return absl::FailedPreconditionError(absl::StrCat(path, " is no store"));
  return **std::move(facts);
}

// What the store that is to be replaced says of itself, if it still can: its epoch must not come
// again.
std::optional<StoreFacts> OldFacts(const std::string& path) {
  absl::StatusOr<std::unique_ptr<Connection>> old =
      Connection::Open(path, Connection::Mode::kOffline);
  if (!old.ok()) return std::nullopt;
  absl::StatusOr<StoreFacts> facts = FactsOf(**old, path);
  if (!facts.ok()) return std::nullopt;
  return *std::move(facts);
}

absl::Status CopyPages(Connection& from, Connection& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.db(), "main", from.db(), "main");
  if (backup == nullptr) {
    return SqliteStatus(to.db(), sqlite3_extended_errcode(to.db()), "beginning the copy");
  }
  sqlite3_backup_step(backup, -1);
  const int code = sqlite3_backup_finish(backup);
  return code == SQLITE_OK ? absl::OkStatus() : SqliteStatus(to.db(), code, "copying");
}

absl::Status BeginEpoch(Connection& connection, int64_t epoch) {
  PlainSession session(&connection);
  session.Sql("INSERT INTO epoch (epoch, reason) VALUES (?, 'restored')", epoch).Next();
  if (!session.status().ok()) return session.status();
  return MarkClean(connection);
}

// A whole store in one file, ready to be put in place.
absl::Status MakeCopy(Connection& from, const std::string& path, int64_t epoch) {
  unlink(path.c_str());
  RemoveSideFiles(path);
  absl::StatusOr<std::unique_ptr<Connection>> copy =
      Connection::Open(path, Connection::Mode::kWriter);
  if (!copy.ok()) return copy.status();
  // One file without a WAL beside it: only that can be renamed. The next start sets WAL again.
  absl::Status status = (*copy)->Run("PRAGMA journal_mode=DELETE");
  if (status.ok()) status = CopyPages(from, **copy);
  if (status.ok()) status = (*copy)->Run("PRAGMA journal_mode=DELETE");
  if (status.ok()) status = QuickCheck(**copy);
  if (status.ok()) status = BeginEpoch(**copy, epoch);
  return status;
}

absl::Status SyncFolderOf(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  const std::string folder = parent.empty() ? std::string(".") : parent.string();
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, folder);
  const bool synced = fsync(fd) == 0;
  close(fd);
  return synced ? absl::OkStatus() : absl::ErrnoToStatus(errno, folder);
}

absl::Status PutInPlace(const std::string& copy, const std::string& to) {
  // The old WAL must never meet the new file: it goes first. A crash in between leaves the old
  // store without its last commits, and the restore to be done again.
  RemoveSideFiles(to);
  if (std::rename(copy.c_str(), to.c_str()) != 0) return absl::ErrnoToStatus(errno, to);
  return SyncFolderOf(to);
}

}  // namespace

absl::Status RestoreStore(const std::string& from, const std::string& to, absl::Time now) {
  if (access(from.c_str(), R_OK) != 0) return absl::ErrnoToStatus(errno, from);
  std::error_code ignored;
  if (std::filesystem::equivalent(from, to, ignored)) {
    return absl::InvalidArgumentError("a store cannot be restored from itself");
  }
  // Looked at before anything is locked: a lock leaves a file beside what it locks.
  if (!IsDatabase(from)) return absl::FailedPreconditionError(absl::StrCat(from, " is no store"));
  absl::StatusOr<StoreLock> from_lock = StoreLock::Take(from);
  if (!from_lock.ok()) return from_lock.status();
  absl::StatusOr<std::unique_ptr<Connection>> source =
      Connection::Open(from, Connection::Mode::kOffline);
  if (!source.ok()) return source.status();
  absl::StatusOr<StoreFacts> facts = FactsOf(**source, from);
  if (!facts.ok()) return facts.status();
  absl::StatusOr<StoreLock> to_lock = StoreLock::Take(to);
  if (!to_lock.ok()) return to_lock.status();
  const std::optional<StoreFacts> old = OldFacts(to);
  if (old.has_value() && old->service != facts->service) {
    return absl::FailedPreconditionError(
        absl::StrCat(from, " is a store of ", facts->service, ", ", to, " one of ", old->service));
  }
  const int64_t epoch =
      std::max({facts->epoch + 1, old.has_value() ? old->epoch + 1 : 0, absl::ToUnixMillis(now)});
  const std::string copy = absl::StrCat(to, ".restoring");
  absl::Status status = MakeCopy(**source, copy, epoch);
  if (status.ok()) status = PutInPlace(copy, to);
  if (!status.ok()) unlink(copy.c_str());
  return status;
}

}  // namespace xiufu::storage
