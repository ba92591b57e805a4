#include "libs/storage/checkpointer.h"

#include <algorithm>
#include <utility>

#include "libs/base/crash_point.h"
#include "libs/storage/end_process.h"
#include "libs/storage/sqlite_status.h"

namespace xiufu::storage {
namespace {

constexpr int kPassivePages = 4000;         // about 16 MB
constexpr int64_t kTruncatePages = 16'384;  // 64 MB

}  // namespace

Checkpointer::Checkpointer(Connection* connection, std::string path)
    : connection_(connection), path_(std::move(path)) {
  sqlite3_wal_hook(connection_->db(), &Checkpointer::OnWal, this);
}

int Checkpointer::OnWal(void* self, sqlite3* /*db*/, const char* /*name*/, int pages) {
  auto* checkpointer = static_cast<Checkpointer*>(self);
  if (pages < checkpointer->wal_pages_) checkpointer->moved_pages_ = 0;  // the WAL began anew
  checkpointer->wal_pages_ = pages;
  checkpointer->largest_pages_ = std::max<int64_t>(checkpointer->largest_pages_, pages);
  return SQLITE_OK;
}

void Checkpointer::AfterCommit() {
  // Counted from the last checkpoint: one that a reader holds up is not tried again at every
  // commit.
  if (wal_pages_ - moved_pages_ >= kPassivePages) Run(SQLITE_CHECKPOINT_PASSIVE);
}

void Checkpointer::Idle() {
  if (largest_pages_ > kTruncatePages) {
    Run(SQLITE_CHECKPOINT_TRUNCATE);
  } else if (wal_pages_ > moved_pages_) {
    Run(SQLITE_CHECKPOINT_PASSIVE);
  }
}

bool Checkpointer::HasIdleWork() const {
  return wal_pages_ > moved_pages_ || largest_pages_ > kTruncatePages;
}

void Checkpointer::Truncate() { Run(SQLITE_CHECKPOINT_TRUNCATE); }

void Checkpointer::Run(int mode) {
  CrashPoint("db.before_checkpoint");
  int in_wal = 0;
  int moved = 0;
  sqlite3_busy_timeout(connection_->db(),
                       0);  // TRUNCATE would wait for readers, and every write with it
  const int code = sqlite3_wal_checkpoint_v2(connection_->db(), "main", mode, &in_wal, &moved);
  sqlite3_busy_timeout(connection_->db(), Connection::kBusyTimeoutMs);
  if (IsIoError(code)) {
    EndProcess(path_, "checkpoint", SqliteStatus(connection_->db(), code, "checkpoint"));
  }
  // Held up by a reader, or no room on the disk: the WAL keeps everything, a later one will do.
  moved_pages_ = wal_pages_;
  if (code == SQLITE_OK && mode == SQLITE_CHECKPOINT_TRUNCATE) {
    wal_pages_ = 0;
    moved_pages_ = 0;
    largest_pages_ = 0;
  }
}

}  // namespace xiufu::storage
