#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libs/base/clock.h"
#include "libs/storage/connection.h"
#include "libs/storage/engine.h"
#include "libs/storage/write_queue.h"

namespace xiufu::storage {

// One transaction for many units: begin, apply, commit, hand on what it brought, answer everybody.
class GroupCommit {
 public:
  GroupCommit(Connection* connection, Engine* engine, const Clock* clock, std::string path);

  void AddListener(CommitListener* listener) { listeners_.push_back(listener); }
  // False when the group is lost because the disk is full or fails: then nothing of it is durable,
  // everything is answered UNAVAILABLE, and the next one is hardly better. A failed fsync, or a
  // commit whose outcome is unknown, ends the process.
  bool Run(std::vector<WriteQueue::Entry> group);
  int64_t commits() const { return commits_.load(std::memory_order_relaxed); }

 private:
  struct Outcome {
    absl::Status status;      // of the group
    absl::Status of_culprit;  // of the unit that spoiled it
    size_t culprit = SIZE_MAX;
    bool disk_failed = false;
  };

  Outcome Commit(std::vector<WriteQueue::Entry>& group);
  Outcome Lost(int code, const char* step);
  Outcome Spoilt(const Tx& tx, size_t culprit);
  void HandOn();
  void Reload();

  Connection* const connection_;
  Engine* const engine_;
  const Clock* const clock_;
  const std::string path_;
  std::vector<CommitListener*> listeners_;
  std::atomic<int64_t> commits_{0};
};

}  // namespace xiufu::storage
