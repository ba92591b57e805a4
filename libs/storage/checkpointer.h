#pragma once

#include <cstdint>
#include <string>

#include "libs/storage/connection.h"

namespace xiufu::storage {

// Moves the WAL into the store, from the writer's connection and from nowhere else: SQLite 3.40 can
// lose pages when a second connection checkpoints (sqlite.org/wal.html#walresetbug). A failed fsync
// ends the process.
class Checkpointer {
 public:
  Checkpointer(Connection* connection, std::string path);
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  // After a commit's answers: PASSIVE once the WAL has grown by about 16 MB.
  void AfterCommit();
  // Nothing to do: PASSIVE when something is left to move; TRUNCATE when the file is larger than 64
  // MB.
  void Idle();
  bool HasIdleWork() const;
  // Everything, and an empty WAL, unless readers hold it.
  void Truncate();

 private:
  static int OnWal(void* self, sqlite3* db, const char* name, int pages);
  void Run(int mode);

  Connection* const connection_;
  const std::string path_;
  int wal_pages_ = 0;          // written since the WAL began
  int moved_pages_ = 0;        // of them, when the last checkpoint ended
  int64_t largest_pages_ = 0;  // of the WAL file since it was last cut
};

}  // namespace xiufu::storage
