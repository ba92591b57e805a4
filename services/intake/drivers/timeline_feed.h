#pragma once

#include <cstdint>
#include <deque>
#include <functional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/id.h"
#include "services/intake/app/read_applications.h"

namespace xiufu::intake {

// Where one watcher's entries go. Called under the feed's lock: must not call the feed back.
class TimelineSink {
 public:
  virtual ~TimelineSink() = default;
  // One at a time; the next one after TimelineFeed::OnSent.
  virtual void Send(const TimelineEntry& entry) = 0;
  // Once, and the last call: the sink may be gone afterwards.
  virtual void Finish(const absl::Status& status) = 0;
};

// One watch: from a position on, in order, nothing twice and nothing left out, at the receiver's
// pace. The position is all it knows; a wake says that there may be more. Any thread.
class TimelineFeed {
 public:
  using Read = std::function<absl::StatusOr<TimelineBatch>(const Id& application, int64_t position,
                                                           int limit)>;
  TimelineFeed(const Id& application, int64_t after, TimelineSink* sink)
      : application_(application), position_(after), sink_(sink) {}

  const Id& application() const { return application_; }

  // Looks for more and begins to send it. Reads the store: on the hub's thread.
  void Refill(const Read& read);
  // The receiver has taken the last entry (or is gone, not ok). True when the feed must be
  // refilled.
  bool OnSent(bool ok);
  // The receiver is gone, or the service stops: ends the watch, when nothing is on its way at once.
  void End(const absl::Status& status);

 private:
  void Take(TimelineBatch batch) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Sends the next entry, or finishes when there is a reason to.
  void Go() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void FinishWith(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Id application_;
  absl::Mutex mutex_;
  int64_t position_ ABSL_GUARDED_BY(mutex_);
  std::deque<TimelineEntry> queue_ ABSL_GUARDED_BY(mutex_);
  TimelineSink* sink_ ABSL_GUARDED_BY(mutex_);  // nullptr once finished
  bool sending_ ABSL_GUARDED_BY(mutex_) = false;
  bool refill_ ABSL_GUARDED_BY(mutex_) = false;  // there may be more than what is queued
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;   // after the queue: finish with `end_`
  absl::Status end_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu::intake
