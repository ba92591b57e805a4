#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "libs/messaging/outgoing_event.h"

namespace xiufu::messaging {

// One epoch of one stream on its way to the broker. Pure bookkeeping; PublishWindow decides.
class PublishLane {
 public:
  PublishLane(std::string stream, int64_t epoch) : stream_(std::move(stream)), epoch_(epoch) {}

  const std::string& stream() const { return stream_; }
  int64_t epoch() const { return epoch_; }
  int64_t confirmed() const { return confirmed_; }
  int64_t next() const { return next_; }
  int64_t head() const { return head_; }
  bool complete() const { return confirmed_ >= head_; }
  bool has_unsent() const { return next_ <= head_; }
  bool next_in_memory() const { return next_ <= last_in_memory(); }
  size_t memory() const { return memory_; }  // bytes
  int64_t last_in_memory() const { return confirmed_ + static_cast<int64_t>(events_.size()); }

  // What the store says at start.
  void StartAt(int64_t sent_through, int64_t head);
  void RaiseHead(int64_t seq) { head_ = std::max(head_, seq); }
  // Keeps the event when it is the next after those in memory. Returns the bytes it takes, 0 when
  // not kept.
  size_t Keep(OutgoingEvent event);
  // Nothing up to `seq` exists any more (retention); only with an empty memory and nothing in
  // flight.
  void JumpTo(int64_t seq);

  // A contiguous piece of what waits, as the body of a message.
  struct Run {
    int64_t first = 0;
    int64_t last = 0;
    std::string type;  // of the first event
    std::string body;
  };
  // Packs from next() on within the limits of a Run, without moving the cursor. Empty body: the
  // first event alone is larger than a Run may be.
  Run Pack() const;
  void Launched(const Run& run) { next_ = run.last + 1; }

  // The run [first, last] is confirmed. Returns the bytes of events let go.
  size_t Accept(int64_t first, int64_t last);
  // Everything in flight counts as not sent; its outcomes are recognised by their older attempt().
  void Rewind();
  uint32_t attempt() const { return attempt_; }

  // Kept here for PublishWindow.
  bool queued = false;      // in its line of ready or unread lanes
  bool reading = false;     // a ReadRequest is out
  bool unsendable = false;  // stands still for ever: its next event fits in no message
  int failures = 0;         // in a row
  absl::Duration not_before = -absl::InfiniteDuration();

 private:
  const std::string stream_;
  const int64_t epoch_;
  int64_t confirmed_ = 0;  // everything up to here is with the broker
  int64_t next_ = 1;       // first seq not in flight
  int64_t head_ = 0;       // highest seq known to be committed
  uint32_t attempt_ = 0;
  size_t memory_ = 0;
  std::deque<OutgoingEvent> events_;    // from confirmed_ + 1 on, without gaps
  std::map<int64_t, int64_t> settled_;  // runs confirmed before an earlier one: first -> last
};

}  // namespace xiufu::messaging
