#pragma once

#include <deque>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "libs/storage/database.h"
#include "services/intake/drivers/timeline_feed.h"
#include "services/intake/drivers/timeline_table.h"

namespace xiufu::intake {

// Who watches what. Commits that added timeline rows wake the watchers of those applications; a
// watcher is registered before its first look at the store, so nothing falls between the two.
class WatchHub final : public TimelineListener, public storage::CommitListener {
 public:
  static constexpr size_t kMostWatchers = 10'000;

  explicit WatchHub(TimelineFeed::Read read) : read_(std::move(read)) {}
  ~WatchHub() override { Stop(); }

  void Start();
  // Ends every watch with UNAVAILABLE: the watcher comes back with its last position. Idempotent.
  void Stop();

  // Registers the feed and looks for its first entries. RESOURCE_EXHAUSTED when there are too many,
  // UNAVAILABLE when stopped; the sink was not used then.
  absl::Status Watch(const std::shared_ptr<TimelineFeed>& feed);
  // The sink's side: an entry was sent.
  void Sent(const std::shared_ptr<TimelineFeed>& feed, bool ok);
  // The sink is done. Idempotent.
  void Forget(const std::shared_ptr<TimelineFeed>& feed);
  size_t watchers() const;

  void OnAppending(const Id& application) override;
  void OnCommitted(storage::Committed& committed) override;

  // Without a thread: refills what waits, on the calling thread.
  void RunPending();

 private:
  using Feed = std::shared_ptr<TimelineFeed>;

  void Enqueue(const Feed& feed) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Loop();
  // The next feed to refill; waits for one when `wait`. nullptr: none, or stopped.
  Feed Next(bool wait);

  const TimelineFeed::Read read_;
  std::vector<Id> appending_;  // on the writer only
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<Id, absl::flat_hash_set<Feed>> by_application_ ABSL_GUARDED_BY(mutex_);
  size_t count_ ABSL_GUARDED_BY(mutex_) = 0;
  std::deque<Feed> queue_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_set<Feed> queued_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace xiufu::intake
