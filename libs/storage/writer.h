#pragma once

#include <atomic>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/storage/ballast.h"
#include "libs/storage/checkpointer.h"
#include "libs/storage/connection.h"
#include "libs/storage/engine.h"
#include "libs/storage/group_commit.h"
#include "libs/storage/write_queue.h"

namespace xiufu::storage {

// Takes what waits, group by group, on a thread of its own or on the caller's; checkpoints in
// between; refuses everything while the disk is full, until it has proof that there is room.
class Writer {
 public:
  struct Options {
    std::string path;
    size_t max_group_weight = 512;
    size_t max_waiting = 20000;
    int64_t ballast_bytes = 0;
  };

  Writer(Options options, Connection* connection, Engine* engine, const Clock* clock);
  ~Writer();  // ends the thread; what still waits is answered UNAVAILABLE

  GroupCommit& commit() { return commit_; }
  // Any thread. Once stopped, answered UNAVAILABLE on the spot.
  void Push(WriteQueue::Entry entry);
  void StartThread();
  bool has_thread() const { return has_thread_; }
  // True on the writer's thread, and inside RunOnce.
  bool IsHere() const;
  // Without a thread: takes what waits now; how many units were answered. 0 when called from inside
  // a unit.
  size_t RunOnce();
  // Takes nothing new, finishes what waits, ends the thread, writes the last notes. True when
  // everything is in the store.
  bool Stop();
  // After Stop: marks the store clean and empties the WAL.
  void Seal();

 private:
  void Loop();
  void TakeOver(WriteQueue::Taken taken);
  void RunGroup();
  std::vector<WriteQueue::Entry> NextGroup();
  void RefuseAll(std::vector<WriteQueue::Entry> entries);
  void OnDiskFailure();
  void ProbeWhenDue();
  bool Probe();
  absl::Duration IdleTime() const;

  const Options options_;
  Connection* const connection_;
  Engine* const engine_;
  const Clock* const clock_;
  WriteQueue queue_;
  GroupCommit commit_;
  Checkpointer checkpointer_;
  Ballast ballast_;

  std::deque<WriteQueue::Entry> backlog_;  // taken, not yet in a group
  bool running_ = false;
  bool disk_full_ = false;
  absl::Duration next_probe_;  // monotonic
  std::atomic<bool> abandon_{false};
  bool has_thread_ = false;
  std::thread thread_;
};

}  // namespace xiufu::storage
