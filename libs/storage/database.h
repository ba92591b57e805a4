#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/base/clock.h"
#include "libs/base/id.h"
#include "libs/storage/outbox.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"

namespace xiufu::storage {

// One numbered step of a schema: services/<name>/migrations/0001_*.sql, embedded by the build.
struct Migration {
  int version = 0;  // from 1, contiguous
  absl::string_view name;
  absl::string_view sql;
};

// A piece of work for the writer that manages its own savepoints (a batch of deliveries). Most
// writes use Write.
class WriteUnit {
 public:
  virtual ~WriteUnit() = default;
  // On the writer, inside the group's transaction. What it does outside savepoints commits with the
  // group; an error there loses the whole group. Must not throw.
  virtual void Apply(Tx& tx) = 0;
  // On the writer, after the group: OK means durable, anything else that nothing of it is.
  // UNAVAILABLE when the group was lost or the disk is full: hold it and submit it again later. The
  // unit's own error when it was what lost the group. After Stop on the caller's thread,
  // UNAVAILABLE.
  virtual void Settled(const absl::Status& status) = 0;
  // How many events it stands for. A unit that would take a group past its limit begins the next
  // one.
  virtual size_t Weight() const { return 1; }
};

// What a commit brought; handed on in memory so that nothing polls.
struct Committed {
  std::vector<OutboxRow> events;
  bool jobs = false;     // a job was added or rescheduled
  bool timers = false;   // a timer was set
  bool waiting = false;  // a retry row was added or released
};

class CommitListener {
 public:
  virtual ~CommitListener() = default;
  // On the writer, after every commit and before the units of the group are answered; must not
  // block.
  virtual void OnCommitted(Committed& committed) = 0;
};

// A service's store: one SQLite file, one writer thread with the only writing connection, read-only
// readers.
//
// WAL, synchronous=FULL, BEGIN IMMEDIATE, all checkpoints on the writer. Waiting writes are grouped
// into one transaction, each in its own savepoint, committed once, then all answered. A failed
// fsync ends the process: whether the commit is there only the restart can tell. After FULL the
// whole group is answered UNAVAILABLE, and new writes are refused with RESOURCE_EXHAUSTED until a
// probe write succeeds.
class Database {
 public:
  struct Options {
    std::string path;     // or ":memory:", only with run_inline
    std::string service;  // written into a new store, compared with an old one
    bool run_inline =
        false;  // no thread: writes wait until RunPending(); reads use the writer's connection
    int readers = 4;             // read-only connections
    size_t max_waiting = 20000;  // writes beyond this are refused with RESOURCE_EXHAUSTED
    // What one transaction may take; 1 turns grouping off (only the bench's comparison does).
    size_t max_group_weight = 512;
    // Room held in a file beside the store, given up when the disk is full; 0 for none (tests).
    int64_t ballast_bytes = int64_t{64} << 20;
  };

  // Takes the store's lock (FAILED_PRECONDITION when another process holds it), creates or migrates
  // the schema (engine's and service's), quick_checks an unclean store. FAILED_PRECONDITION when
  // the store is newer than the binary or belongs to another service, DATA_LOSS when the check
  // fails.
  static absl::StatusOr<std::unique_ptr<Database>> Open(const Options& options,
                                                        absl::Span<const Migration> migrations,
                                                        const Clock* clock);
  // Without Stop() before it, what waits is answered UNAVAILABLE and the store counts as uncleanly
  // stopped.
  ~Database();

  // Listeners are added before Start.
  void AddListener(CommitListener* listener);
  void Start();
  // Refuses new writes, finishes the waiting ones, checkpoints, marks the store clean, closes it.
  // Idempotent.
  void Stop();

  // Any thread. `fn` runs on the writer in a savepoint; `done` on the writer after the group's
  // commit, with fn's own error or the commit's. RESOURCE_EXHAUSTED when too many writes wait or
  // the disk is full; after Stop UNAVAILABLE, on the caller's thread.
  void Write(absl::AnyInvocable<absl::Status(Tx&)> fn, absl::AnyInvocable<void(absl::Status)> done);
  // The same, waiting; FAILED_PRECONDITION from the writer itself. Before Start (one thread only)
  // and with run_inline the caller does the writer's work.
  absl::Status WriteAndWait(absl::AnyInvocable<absl::Status(Tx&)> fn);
  void Submit(std::unique_ptr<WriteUnit> unit);

  // Any thread: a consistent snapshot on a read-only connection, at most about a second long.
  absl::Status Read(absl::FunctionRef<absl::Status(Session&)> fn);

  // Any thread, as long as it takes: the store as it is at this moment in the new file `to` (see
  // copy.h); writes go on meanwhile, and the WAL grows until it is done. ABORTED while another copy
  // is being taken, UNAVAILABLE when the store is stopped.
  absl::Status Copy(const std::string& to);
  // Lets no copy begin any more and gives up the one that is being taken.
  void StopCopying();

  // run_inline only: commits everything that waits now, in groups; the number of units done.
  size_t RunPending();

  // The UTC ms at which this store was created or last restored; greater than every earlier one.
  int64_t epoch() const;
  // True when the store was not stopped in an orderly way: the next 1,000 events are taken with
  // care.
  bool unclean_start() const;
  int64_t commits() const;  // transactions committed since Open
  // Notes that the publisher has confirmation up to `seq`; written with the next transaction, never
  // by itself. Any thread.
  void NoteSentThrough(const std::string& stream, int64_t epoch, int64_t seq);

  Outbox& outbox();
  Inbox& inbox();
  Waiting& waiting();
  Requests& requests();
  Jobs& jobs();
  Timers& timers();

 private:
  class Impl;
  explicit Database(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
  friend class Tx;
};

// Offline, with no process on either store: copies `from` over `to` and starts a new epoch, greater
// than that of both and than now. For restoring a backup.
absl::Status RestoreStore(const std::string& from, const std::string& to, absl::Time now);

}  // namespace xiufu::storage
